using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>A network as Podman describes it: an entry of <c>network_info</c>, with its options read.</summary>
internal sealed record NetavarkNetwork
{
    /// <summary>The metric of a route for which nothing else is said.</summary>
    public const uint DefaultMetric = 100;

    /// <summary>The options of <see cref="OutboundAddresses"/>, netavark 2's; its state file has the same words.</summary>
    public const string OutboundAddress4 = "outbound_addr4", OutboundAddress6 = "outbound_addr6";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its id: 64 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary><c>bridge</c>, <c>macvlan</c>, <c>ipvlan</c>, or another driver.</summary>
    public required string Driver { get; init; }

    /// <summary>Whether its containers are on a bridge of the host.</summary>
    public bool IsBridge => Driver is "bridge";

    /// <summary>Whether somebody else's program connects its containers.</summary>
    public bool IsOfPlugin => Driver is not ("bridge" or "macvlan" or "ipvlan");

    /// <summary>The bridge's name, or the parent's of macvlans and ipvlans; empty there for the interface of the default route.</summary>
    public required string Interface { get; init; }

    /// <summary>Its subnets.</summary>
    public ValueList<NetavarkSubnet> Subnets { get; init; }

    /// <summary>Routes of its containers.</summary>
    public ValueList<NetavarkRoute> Routes { get; init; }

    /// <summary>Whether its containers have no way out.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Whether a name server serves it.</summary>
    public bool HasDns { get; init; }

    /// <summary>The servers to which its name server forwards, instead of the host's.</summary>
    public ValueList<string> DnsServers { get; init; }

    /// <summary>Who chooses addresses: <c>host-local</c>, <c>none</c>, or <c>dhcp</c>.</summary>
    public string? IpamDriver { get; init; }

    /// <summary>Which other networks it reaches: option <c>isolate</c>.</summary>
    public NetavarkIsolation Isolation { get; init; }

    /// <summary>Its MTU in bytes; null is that of the host's way out, or of the parent: option <c>mtu</c>.</summary>
    public int? Mtu { get; init; }

    /// <summary>The metric of its default routes: option <c>metric</c>.</summary>
    public uint Metric { get; init; } = DefaultMetric;

    /// <summary>Whether its containers get no default route: option <c>no_default_route</c>.</summary>
    public bool HasNoDefaultRoute { get; init; }

    /// <summary>
    /// Whether the bridge is somebody else's, and stays as it is, but for VLAN filtering if the network has a VLAN: option <c>mode</c>.
    /// </summary>
    public bool IsUnmanaged { get; init; }

    /// <summary>The VLAN of its containers' ports, 1 to 4094; null if tags have no meaning: option <c>vlan</c>.</summary>
    public ushort? Vlan { get; init; }

    /// <summary>The VRF whose routing table a bridge that is made uses; null for the main table: option <c>vrf</c>.</summary>
    public string? Vrf { get; init; }

    /// <summary>
    /// Where its containers' packets to the world come from, one for each family at most: options
    /// <see cref="OutboundAddress4"/>, <see cref="OutboundAddress6"/>.
    /// </summary>
    public ValueList<IPAddress> OutboundAddresses { get; init; }

    /// <summary>What its macvlans are to each other: option <c>mode</c>.</summary>
    public MacvlanMode MacvlanMode { get; init; } = MacvlanMode.Bridge;

    /// <summary>The mode of its ipvlans: option <c>mode</c>.</summary>
    public IpvlanMode IpvlanMode { get; init; } = IpvlanMode.Layer2;

    /// <summary>Up to how many macvlans hear a multicast packet at once; null is the kernel's choice: option <c>bclim</c>.</summary>
    public int? BroadcastCutoff { get; init; }
}
