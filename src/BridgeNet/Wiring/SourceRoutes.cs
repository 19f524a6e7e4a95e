using System.Net;
using System.Net.Sockets;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Wiring;

/// <summary>
/// What an endpoint of a container on several networks sends goes out by that endpoint, not by the container's default route: each has a routing
/// table of its own, chosen by the packet's source. Without it, the answer to who came by a published port would leave by another network, which
/// drops it.
/// </summary>
internal static class SourceRoutes
{
    /// <summary>The tables' numbers begin here; the interface's index is added. Programs in containers use lower ones.</summary>
    private const uint FirstTable = 0x42_4e_00_00; // "BN"

    /// <summary>Makes an endpoint's table and the rules that lead to it; what is there already is fine.</summary>
    /// <param name="inside">A socket in the container's namespace.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="index">Its interface in the container.</param>
    public static void Ensure(RouteSocket inside, EndpointState endpoint, int index)
    {
        uint table = FirstTable + (uint)index;
        foreach (InterfaceAddress own in endpoint.Addresses)
        {
            IReadOnlyList<RoutingRule> rules = RulesOf(inside, own.Address.AddressFamily);
            if (rules.Count == 0 || endpoint.GatewayOf(own.Address.AddressFamily) is not { } gateway)
            {
                continue;
            }
            inside.Batch().ReplaceRoute(IPRoute.Default(gateway) with { OutputInterface = index, Table = table }).Execute();
            if (Lead(rules, own, table))
            {
                continue;
            }
            foreach (RoutingRule stale in rules.Where(rule => IsOf(rule, own) || IsSpecific(rule, own)))
            {
                Try(inside.Batch().DeleteRule(stale), Errno.ENOENT); // of an endpoint that had this address before, or half of ours
            }
            Try(inside.Batch().AddRule(new RoutingRule { Source = Only(own), Table = table }), Errno.EEXIST);
            Try(inside.Batch().AddRule(SpecificOf(own)), Errno.EEXIST); // added later, so the kernel puts it before
        }
    }

    /// <summary>Whether an endpoint has its table, or needs none.</summary>
    public static bool IsThere(RouteSocket inside, EndpointState endpoint, int index)
    {
        uint table = FirstTable + (uint)index;
        foreach (InterfaceAddress own in endpoint.Addresses)
        {
            AddressFamily family = own.Address.AddressFamily;
            IReadOnlyList<RoutingRule> rules = endpoint.GatewayOf(family) is null ? [] : RulesOf(inside, family);
            if (rules.Count > 0 && !(Lead(rules, own, table) && inside.ListRoutes(family, table).Any(route => route.IsDefault)))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether rules lead to a table, behind the main table's routes other than the default one.</summary>
    private static bool Lead(IReadOnlyList<RoutingRule> rules, InterfaceAddress own, uint table) =>
        rules.FirstOrDefault(rule => IsSpecific(rule, own)) is { } specific
        && rules.FirstOrDefault(rule => IsOf(rule, own)) is { } leading
        && leading.Table == table
        && specific.Priority < leading.Priority;

    private static RoutingRule SpecificOf(InterfaceAddress own) => new() { Source = Only(own), Table = IPRoute.MainTable, SuppressPrefixLength = 0 };

    private static bool IsSpecific(RoutingRule rule, InterfaceAddress own) =>
        rule is { IsLookup: true, Table: IPRoute.MainTable, SuppressPrefixLength: 0 } && rule.Source.Equals(Only(own));

    /// <summary>Another endpoint of the container, or a repair, may do the same at the same time.</summary>
    private static void Try(RouteBatch batch, Errno accepted)
    {
        try
        {
            batch.Execute();
        }
        catch (NetlinkException error) when (error.Errno == accepted)
        {
            // it is as it is to be
        }
    }

    /// <summary>Empty from a kernel that has one routing table only (without CONFIG_IP_MULTIPLE_TABLES).</summary>
    private static IReadOnlyList<RoutingRule> RulesOf(RouteSocket inside, AddressFamily family)
    {
        try
        {
            return inside.ListRules(family);
        }
        catch (NetlinkException error) when (error.Errno is Errno.EOPNOTSUPP or Errno.EAFNOSUPPORT)
        {
            return [];
        }
    }

    /// <summary>Whether a rule of ours is about an address.</summary>
    private static bool IsOf(RoutingRule rule, InterfaceAddress own) =>
        rule.IsLookup && rule.Table > FirstTable && rule.Table <= FirstTable + ushort.MaxValue && rule.Source.Equals(Only(own));

    private static IPNetwork Only(InterfaceAddress own) => new(own.Address, own.IsIPv6 ? 128 : 32);
}
