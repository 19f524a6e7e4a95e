using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>
/// The default routes of a container on several networks. All of them are there, told apart by their metrics, so that when the first one's
/// interface goes the next one is the way out without anybody's doing.
/// </summary>
internal static class DefaultRoutes
{
    /// <summary>What IPv6 makes of no metric: IP6_RT_PRIO_USER of net/ip6_route.h.</summary>
    private const uint IPv6Metric = 1024;

    /// <summary>Puts a default route in its place among those that are there: by priority, and behind those of the same.</summary>
    /// <param name="inside">A socket in the container's namespace.</param>
    /// <param name="gateway">The next hop.</param>
    /// <param name="index">The interface.</param>
    /// <param name="priority">Its network's.</param>
    /// <param name="siblings">The other endpoints of the container.</param>
    public static void Rank(RouteSocket inside, IPAddress gateway, int index, int priority, IReadOnlyList<EndpointRecord> siblings)
    {
        AddressFamily family = gateway.AddressFamily;
        Dictionary<int, int> priorities = [];
        foreach (Link link in inside.ListLinks())
        {
            priorities[link.Index] = siblings.FirstOrDefault(other => string.Equals(other.InterfaceName, link.Name.ToString(), StringComparison.Ordinal))?.GatewayPriority ?? 0;
        }
        List<IPRoute> order = [.. inside.ListRoutes(family).Where(route => route.IsDefault && route.OutputInterface != index).OrderBy(route => route.Metric ?? 0)];
        int place = order.FindLastIndex(route => priorities.GetValueOrDefault(route.OutputInterface ?? 0) >= priority) + 1;
        order.Insert(place, IPRoute.Default(gateway) with { OutputInterface = index });
        RouteBatch batch = inside.Batch();
        for (int i = order.Count - 1; i >= place; i--) // from the last on, so that there is a way out at every moment
        {
            batch = batch.ReplaceRoute(order[i] with { Metric = MetricOf(family, i) });
        }
        batch.Execute();
    }

    private static uint? MetricOf(AddressFamily family, int place) =>
        family is AddressFamily.InterNetworkV6 ? IPv6Metric + (uint)place : place == 0 ? null : (uint)place;
}
