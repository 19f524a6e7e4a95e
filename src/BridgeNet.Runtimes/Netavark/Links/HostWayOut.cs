using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The host's interface with the default route of the lowest metric.</summary>
internal static class HostWayOut
{
    /// <summary>Its index; null if there is no default route.</summary>
    public static int? Find(RouteSocket route) => route.ListRoutes()
        .Where(one => one is { IsDefault: true, Table: IPRoute.MainTable, OutputInterface: not null })
        .MinBy(one => one.Metric ?? 0)?.OutputInterface;
}
