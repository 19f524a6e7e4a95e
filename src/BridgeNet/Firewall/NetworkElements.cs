using System.Net;
using System.Net.Sockets;

using BridgeNet.Definitions;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>A network as elements of the table.</summary>
internal static class NetworkElements
{
    /// <summary>What becomes of a connection into a network that no published port let in, by the network's gateway mode.</summary>
    private static readonly (GatewayMode Mode, NftVerdict Verdict)[] s_inbound =
    [
        (GatewayMode.Nat, NftVerdict.Goto(FirewallLayout.IntoNat)),
        (GatewayMode.NatUnprotected, NftVerdict.Accept),
        (GatewayMode.Routed, NftVerdict.Goto(FirewallLayout.IntoRouted)),
        (GatewayMode.Isolated, NftVerdict.Drop),
    ];

    /// <summary>The port to which the name server is bound at each gateway.</summary>
    public const ushort NameServerPort = 10053;

    /// <summary>The port that is asked for names, RFC 1035 section 4.2.</summary>
    private const ushort NamePort = 53;

    /// <summary>The protocols by which names are asked for.</summary>
    public static ProtocolType[] NameProtocols { get; } = [ProtocolType.Tcp, ProtocolType.Udp];

    /// <summary>The mode of which a network's inbound verdict tells; that of nobody's is nat, the strictest that has a gateway.</summary>
    public static GatewayMode ModeOf(NftVerdict? inbound) => Array.Find(s_inbound, known => known.Verdict == inbound).Mode;

    /// <summary>All of them.</summary>
    public static IEnumerable<TableElement> Of(NetworkDefinition network)
    {
        InterfaceName device = DeviceOf(network);
        NftElement bridge = new() { Key = NftValue.Interface(device) };
        NftElement pair = new() { Key = new NftKey().Interface(device).Interface(device).ToValue() };
        yield return In(FirewallLayout.Bridges, bridge);
        yield return In(FirewallLayout.Members, pair);
        if (!network.InterContainer)
        {
            yield return In(FirewallLayout.Quiet, pair);
        }
        if (network.Internal)
        {
            yield return In(FirewallLayout.Internal, bridge);
        }
        if (network.Adopt)
        {
            yield return In(FirewallLayout.Adopted, bridge);
        }
        foreach (FamilySets family in FamilySets.All.ToArray())
        {
            yield return In(FirewallLayout.Inbound, Inbound(network, family));
        }
        foreach (SubnetDefinition subnet in network.Subnets)
        {
            foreach (TableElement element in OfSubnet(network, subnet.Subnet))
            {
                yield return element;
            }
            if (network.HasNames(subnet))
            {
                foreach (ProtocolType protocol in NameProtocols)
                {
                    yield return In(FamilySets.Of(subnet.Gateway!).Publish, Names(subnet.Gateway!, protocol));
                }
            }
        }
    }

    private static IEnumerable<TableElement> OfSubnet(NetworkDefinition network, IPNetwork subnet)
    {
        FamilySets family = FamilySets.Of(subnet.BaseAddress);
        GatewayModeTraits mode = network.TraitsOf(subnet.BaseAddress.AddressFamily);
        yield return In(family.Homes, Range(DeviceOf(network), subnet));
        foreach (InterfaceName trusted in network.TrustedInterfaces)
        {
            yield return In(family.Trusted, Range(trusted, subnet));
        }
        ValueList<NftElement> whole = NftElement.Subnet(subnet);
        List<(string Set, ValueList<NftElement> Bounds)> plain = [];
        if (mode.IsGuarded || network.Internal)
        {
            plain.Add((family.Guarded, whole));
        }
        if (mode.IsGuarded && network is { Masquerade: false, Internal: false })
        {
            plain.Add((family.Unmasqueraded, whole));
        }
        if (mode.IsTranslated && network is { Masquerade: true, Internal: false })
        {
            plain.Add((family.Masqueraded, whole));
            if (network.SourceOf(subnet.BaseAddress.AddressFamily) is { } source)
            {
                plain.Add((family.Sources, ValueList.From(
                    whole.Select(element => element.IsIntervalEnd ? element : element with { Data = NftValue.Address(source) }))));
            }
        }
        foreach (TableElement element in plain.SelectMany(range => TableElement.OfRange(FirewallLayout.Table, range.Set, range.Bounds)))
        {
            yield return element;
        }
    }

    /// <summary>
    /// Questions to port 53 of a gateway lead to the name server, which is bound to another port. So a program of the host may have port 53 at every
    /// address, and so may a container.
    /// </summary>
    public static NftElement Names(IPAddress gateway, ProtocolType protocol) => new()
    {
        Key = new NftKey().Address(gateway).Protocol(protocol).Port(NamePort).ToValue(),
        Data = new NftKey().Address(gateway).Port(NameServerPort).ToValue(),
    };

    private static NftElement Inbound(NetworkDefinition network, FamilySets family) => new()
    {
        Key = new NftKey().Part([(byte)family.Family]).Interface(DeviceOf(network)).ToValue(),
        Verdict = network.Internal ? NftVerdict.Drop : InboundOf(network.ModeOf(family.AddressFamily)),
    };

    private static NftVerdict InboundOf(GatewayMode mode) => Array.Find(s_inbound, known => known.Mode == mode).Verdict;

    private static InterfaceName DeviceOf(NetworkDefinition network) => network.Device.GetValueOrDefault();

    private static NftElement Range(InterfaceName device, IPNetwork subnet)
    {
        NftKey key = new NftKey().Interface(device);
        return new NftElement
        {
            Key = key.Address(subnet.BaseAddress).ToValue(),
            KeyEnd = key.Address(AddressBlock.Of(subnet).LastAddress).ToValue(),
        };
    }

    private static TableElement In(string set, NftElement element) => new(FirewallLayout.Table, set, element);
}
