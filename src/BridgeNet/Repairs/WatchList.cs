using System.Globalization;
using System.Net;

using BridgeNet.Firewall;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Repairs;

/// <summary>Which events concern us, as the records were after the last repair. To tell that of an event reads no record.</summary>
/// <remarks>
/// It does not know what came since. That is no loss: a network that is being made changes the tables, and an endpoint its veth, which concerns us
/// whoever made it.
/// </remarks>
internal sealed class WatchList
{
    private const string VethPrefix = "veth", IfbPrefix = "ifb";

    private readonly HashSet<IPAddress> _addresses = [];
    private readonly HashSet<InterfaceName> _bridges = [];
    private readonly HashSet<IPNetwork> _subnets = [];

    /// <summary>The list of some records.</summary>
    public WatchList(RecordedState records)
    {
        foreach ((NetworkState network, _) in records.Networks)
        {
            _ = _bridges.Add(network.Device);
            _subnets.UnionWith(network.Definition.Subnets.Select(subnet => subnet.Subnet));
            _addresses.UnionWith(network.Definition.Subnets.Select(subnet => subnet.Gateway).OfType<IPAddress>());
        }
        foreach ((EndpointState endpoint, _) in records.Endpoints)
        {
            _addresses.UnionWith(endpoint.OwnAddresses);
        }
    }

    /// <summary>Notes the containers that an event makes us check.</summary>
    /// <param name="one">The event; null if it could not be read: then anything may have happened.</param>
    /// <param name="scope">Gets the containers.</param>
    /// <returns>How soon it calls for a repair.</returns>
    public RepairUrgency Note(NetlinkEvent? one, RepairScope scope)
    {
        switch (one?.Kind)
        {
            case null or NetlinkEventKind.Lost:
                scope.AddEverything();
                return RepairUrgency.Now;
            case NetlinkEventKind.LinkChanged or NetlinkEventKind.LinkDeleted when IsOurs(one.Link!):
                InterfaceName name = RenamedLinks.NameOf(one.Link!); // the alias tells of one that was just renamed
                scope.Add(name);
                return one.Kind is NetlinkEventKind.LinkDeleted && _bridges.Contains(name) ? RepairUrgency.Now : RepairUrgency.Soon;
            case NetlinkEventKind.AddressDeleted when _addresses.Contains(one.Address!.Address.Address):
                scope.Add(one.Address!.Address.Address);
                return RepairUrgency.Now;
            case NetlinkEventKind.RouteDeleted when one.Route is { Table: IPRoute.MainTable } route && _subnets.Contains(route.Destination):
            case NetlinkEventKind.ForwardingChanged when one.Forwarding is false:
            case NetlinkEventKind.TableReduced when one.Table == FirewallLayout.Table || one.Table == SpoofGuard.Table:
                return RepairUrgency.Now;
            case NetlinkEventKind.TableChanged or NetlinkEventKind.TableReduced when IsOfInterest(one.Table):
                return RepairUrgency.Soon;
            default:
                return RepairUrgency.None;
        }
    }

    private static bool IsOfInterest(NftTableId? table) => table is { } known && !known.Name.EndsWith("_standby", StringComparison.Ordinal);

    private bool IsOurs(Link link) => KernelAlias.Read(link.Alias) is not null || IsOurs(RenamedLinks.NameOf(link));

    private bool IsOurs(InterfaceName name) =>
        IsMade(name.ToString(), VethPrefix) || IsMade(name.ToString(), IfbPrefix) || _bridges.Contains(name);

    /// <summary>Whether a name is a prefix and an endpoint's hexadecimal number.</summary>
    private static bool IsMade(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && ulong.TryParse(name.AsSpan(prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
}
