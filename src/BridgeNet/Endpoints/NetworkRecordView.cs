using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

using BridgeNet.Addressing;
using BridgeNet.Firewall;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>A network's record in the types that the verbs work with.</summary>
internal static class NetworkRecordView
{
    private static readonly (string Name, GatewayMode Mode)[] s_modes =
    [
        ("nat", GatewayMode.Nat),
        ("nat-unprotected", GatewayMode.NatUnprotected),
        ("routed", GatewayMode.Routed),
        ("isolated", GatewayMode.Isolated),
    ];

    /// <summary>The pools of a record are read from it once: attach after attach asks for them.</summary>
    private static readonly ConditionalWeakTable<NetworkRecord, Pools> s_pools = [];

    /// <summary>Docker's name of a mode.</summary>
    public static string NameOf(GatewayMode mode) => Array.Find(s_modes, known => known.Mode == mode).Name;

    /// <summary>The mode of a name.</summary>
    public static GatewayMode ToMode(string name) => Array.Find(s_modes, known => string.Equals(known.Name, name, StringComparison.Ordinal)).Mode;

    /// <summary>The mode of a family.</summary>
    public static GatewayMode ModeOf(this NetworkRecord network, AddressFamily family) =>
        ToMode(family is AddressFamily.InterNetworkV6 ? network.IPv6Mode : network.IPv4Mode);

    /// <summary>The bridge.</summary>
    public static InterfaceName DeviceName(this NetworkRecord network) => InterfaceName.Parse(network.Device);

    /// <summary>The pools of a family's addresses, in their order.</summary>
    public static IReadOnlyList<AddressPool> PoolsOf(this NetworkRecord network, AddressFamily family) =>
        s_pools.GetValue(network, static record => new Pools(record)).Of(family);

    /// <summary>The subnets of a family, in their order.</summary>
    public static IEnumerable<SubnetRecord> SubnetsOf(this NetworkRecord network, AddressFamily family) =>
        network.Subnets.Where(subnet => IPNetwork.Parse(subnet.Subnet).BaseAddress.AddressFamily == family);

    /// <summary>The next hop of a container's default route by the subnet that its address is of; null if there is no way out.</summary>
    public static IPAddress? NextHopOf(this NetworkRecord network, IPAddress address) =>
        network.Internal ? null : s_pools.GetValue(network, static record => new Pools(record)).NextHopOf(address);

    /// <summary>Where ports are published that do not say it, as far as the endpoint has an address of that family.</summary>
    public static IReadOnlyList<IPAddress> HostAddresses(this NetworkRecord network, bool hasIPv6)
    {
        IPAddress? binding = network.HostBinding is { } text ? IPAddress.Parse(text) : null;
        IPAddress[] all = binding is not null && !binding.Equals(IPAddress.Any) ? [binding] : [IPAddress.Any, IPAddress.IPv6Any];
        return [.. all.Where(address => address.AddressFamily is AddressFamily.InterNetwork ? network.IPv4 : hasIPv6)];
    }

    /// <summary>What the packet rules know of it.</summary>
    public static ProtectedNetwork ToProtected(this NetworkRecord network) => new()
    {
        Device = network.DeviceName(),
        Subnets = ValueList.From(network.Subnets.Select(subnet => IPNetwork.Parse(subnet.Subnet))),
        IPv4Mode = ToMode(network.IPv4Mode),
        IPv6Mode = ToMode(network.IPv6Mode),
        IsInternal = network.Internal,
        IsQuiet = network.Quiet,
        IsMasqueraded = !network.NoMasquerade,
        IPv4Source = network.IPv4Source is { } source4 ? IPAddress.Parse(source4) : null,
        IPv6Source = network.IPv6Source is { } source6 ? IPAddress.Parse(source6) : null,
        TrustedInterfaces = ValueList.From((network.TrustedInterfaces ?? []).Select(name => InterfaceName.Parse(name))),
    };

    private static AddressPool[] ReadPools(NetworkRecord network, AddressFamily family)
    {
        List<AddressPool> pools = [];
        foreach (SubnetRecord subnet in network.SubnetsOf(family))
        {
            pools.Add(new AddressPool(
                IPNetwork.Parse(subnet.Subnet),
                subnet.Gateway is { } gateway ? IPAddress.Parse(gateway) : null,
                subnet.Range is { } range ? IPNetwork.Parse(range) : null,
                [.. subnet.Auxiliary?.Values.Select(IPAddress.Parse) ?? [], .. subnet.NextHop is { } hop ? [IPAddress.Parse(hop)] : Array.Empty<IPAddress>()]));
        }
        return [.. pools];
    }

    private sealed class Pools(NetworkRecord network)
    {
        private readonly AddressPool[] _ipv4 = ReadPools(network, AddressFamily.InterNetwork);
        private readonly AddressPool[] _ipv6 = ReadPools(network, AddressFamily.InterNetworkV6);

        private readonly (IPNetwork Subnet, IPAddress? NextHop)[] _hops =
        [
            .. from subnet in network.Subnets
               select (IPNetwork.Parse(subnet.Subnet), (subnet.NextHop ?? subnet.Gateway) is { } hop ? IPAddress.Parse(hop) : null),
        ];

        public IPAddress? NextHopOf(IPAddress address) => Array.Find(_hops, hop => hop.Subnet.Contains(address)).NextHop;

        public AddressPool[] Of(AddressFamily family) => family is AddressFamily.InterNetworkV6 ? _ipv6 : _ipv4;
    }
}
