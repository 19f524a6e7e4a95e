using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The host's interface with the default route of the lowest metric.</summary>
internal static class HostWayOut
{
    /// <summary>Its index; null if there is no default route in the table.</summary>
    public static int? Find(RouteSocket route, uint table = IPRoute.MainTable) => route.ListRoutes(table: table)
        .Where(one => one is { IsDefault: true, OutputInterface: not null, Type: RouteType.Unicast } && one.Table == table)
        .MinBy(one => one.Metric ?? 0)?.OutputInterface;

    /// <summary>Its MTU in bytes; null if there is no default route in the table.</summary>
    public static int? MtuOf(RouteSocket route, uint table) =>
        Find(route, table) is { } index ? route.TryGetLink(LinkSelector.ByIndex(index))?.Mtu : null;
}
