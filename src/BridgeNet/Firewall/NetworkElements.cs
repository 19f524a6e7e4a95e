using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>A network as elements of the table.</summary>
internal static class NetworkElements
{
    /// <summary>All of them.</summary>
    public static IEnumerable<TableElement> Of(ProtectedNetwork network)
    {
        NftElement bridge = new() { Key = new NftKey().Interface(network.Device).ToValue() };
        NftElement pair = new() { Key = new NftKey().Interface(network.Device).Interface(network.Device).ToValue() };
        yield return In(FirewallLayout.Bridges, bridge);
        yield return In(FirewallLayout.Members, pair);
        if (network.IsQuiet)
        {
            yield return In(FirewallLayout.Quiet, pair);
        }
        if (network.IsInternal)
        {
            yield return In(FirewallLayout.Internal, bridge);
        }
        foreach (FamilySets family in FamilySets.All.ToArray())
        {
            yield return In(FirewallLayout.Inbound, Inbound(network, family));
        }
        foreach (TableElement element in network.Subnets.SelectMany(subnet => OfSubnet(network, subnet)))
        {
            yield return element;
        }
    }

    private static IEnumerable<TableElement> OfSubnet(ProtectedNetwork network, IPNetwork subnet)
    {
        FamilySets family = FamilySets.Of(subnet.BaseAddress);
        GatewayMode mode = network.ModeOf(family);
        yield return In(family.Homes, Range(network.Device, subnet));
        foreach (InterfaceName trusted in network.TrustedInterfaces)
        {
            yield return In(family.Trusted, Range(trusted, subnet));
        }
        ValueList<NftElement> whole = NftElement.Subnet(subnet);
        List<(string Set, ValueList<NftElement> Bounds)> plain = [];
        if (mode is GatewayMode.Nat || network.IsInternal)
        {
            plain.Add((family.Guarded, whole));
        }
        if (mode is GatewayMode.Nat && network is { IsMasqueraded: false, IsInternal: false })
        {
            plain.Add((family.Unmasqueraded, whole));
        }
        if (mode is GatewayMode.Nat or GatewayMode.NatUnprotected && network is { IsMasqueraded: true, IsInternal: false })
        {
            plain.Add(network.SourceOf(family) is { } source
                ? (family.Sources, ValueList.From(whole.Select(element => element.IsIntervalEnd ? element : element with { Data = NftValue.Address(source) })))
                : (family.Masqueraded, whole));
        }
        foreach (TableElement element in plain.SelectMany(range => TableElement.OfRange(FirewallLayout.Table, range.Set, range.Bounds)))
        {
            yield return element;
        }
    }

    private static NftElement Inbound(ProtectedNetwork network, FamilySets family) => new()
    {
        Key = new NftKey().Part([(byte)family.Family]).Interface(network.Device).ToValue(),
        Verdict = network.IsInternal ? NftVerdict.Drop : network.ModeOf(family) switch
        {
            GatewayMode.Nat => NftVerdict.Goto(FirewallLayout.IntoNat),
            GatewayMode.Routed => NftVerdict.Goto(FirewallLayout.IntoRouted),
            GatewayMode.NatUnprotected => NftVerdict.Accept,
            _ => NftVerdict.Drop,
        },
    };

    private static NftElement Range(InterfaceName device, IPNetwork subnet)
    {
        NftKey key = new NftKey().Interface(device);
        return new NftElement { Key = key.Address(subnet.BaseAddress).ToValue(), KeyEnd = key.Address(AddressBlock.Of(subnet).LastAddress).ToValue() };
    }

    private static TableElement In(string set, NftElement element) => new(FirewallLayout.Table, set, element);
}
