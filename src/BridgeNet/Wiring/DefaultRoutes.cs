using System.Net;
using System.Net.Sockets;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Wiring;

/// <summary>
/// The default routes of a container on several networks. All of them exist at once with different metrics: when the first one's interface goes, the
/// kernel uses the next one by itself.
/// </summary>
internal static class DefaultRoutes
{
    /// <summary>The kernel's metric of an IPv6 route without one: IP6_RT_PRIO_USER of net/ip6_route.h.</summary>
    private const uint IPv6Metric = 1024;

    /// <summary>The most attempts to find a place, if other endpoints of the container take it at the same time.</summary>
    private const int Attempts = 64;

    /// <summary>Adds a default route among the existing ones: by priority, and behind those of the same priority.</summary>
    /// <param name="inside">A socket in the container's namespace.</param>
    /// <param name="gateway">The next hop.</param>
    /// <param name="index">The interface.</param>
    /// <param name="priority">Its network's priority.</param>
    /// <param name="siblings">The other endpoints of the container.</param>
    public static void Rank(RouteSocket inside, IPAddress gateway, int index, int priority, IReadOnlyList<EndpointState> siblings)
    {
        AddressFamily family = gateway.AddressFamily;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                RankOnce(inside, family, IPRoute.Default(gateway) with { OutputInterface = index }, priority, siblings);
                return;
            }
            catch (NetlinkException error) when (error.Errno is Errno.EEXIST && attempt < Attempts)
            {
                // another endpoint of the container took the place just now: look again
            }
        }
    }

    private static void RankOnce(RouteSocket inside, AddressFamily family, IPRoute route, int priority, IReadOnlyList<EndpointState> siblings)
    {
        Dictionary<int, int> priorities = inside.ListLinks(hasStatistics: false)
            .ToDictionary(link => link.Index, link => SiblingOf(link, siblings)?.GatewayPriority ?? 0);
        IPRoute[] there = [.. inside.ListRoutes(family).Where(other => other.IsDefault).OrderBy(other => other.Metric ?? 0)];
        // already there if only the other family's route was in the way
        IPRoute? own = Array.Find(there, other => other.OutputInterface == route.OutputInterface);
        List<IPRoute> order = [.. there.Where(other => other.OutputInterface != route.OutputInterface)];
        int place = order.FindLastIndex(other => priorities.GetValueOrDefault(other.OutputInterface ?? 0) >= priority) + 1;
        uint metric = place == 0 ? FirstOf(family) : MetricOf(order[place - 1], family) + 1;
        List<IPRoute> moved = []; // the routes behind it that stand in the way; each takes the next one's metric
        for (uint taken = metric; place + moved.Count < order.Count && MetricOf(order[place + moved.Count], family) == taken; taken++)
        {
            moved.Add(order[place + moved.Count] with { Metric = taken + 1 });
        }
        if (own is not null && moved.Count == 0 && MetricOf(own, family) == metric)
        {
            return;
        }
        RouteBatch batch = inside.Batch();
        batch = own is null ? batch : batch.DeleteRoute(own);
        for (int i = moved.Count - 1; i >= 0; i--) // from the last on, so that there is a way out at every moment
        {
            batch = i == moved.Count - 1 ? batch.AddRoute(moved[i]) : batch.ReplaceRoute(moved[i]);
        }
        IPRoute placed = route with { Metric = metric == 0 ? null : metric };
        batch = moved.Count == 0 ? batch.AddRoute(placed) : batch.ReplaceRoute(placed);
        batch.Execute();
    }

    /// <summary>
    /// The endpoint of an interface, by its MAC address: a record has the name only once it is certain. Endpoints of several networks may have
    /// the same MAC address; then the name decides.
    /// </summary>
    public static EndpointState? SiblingOf(Link link, IReadOnlyList<EndpointState> siblings)
    {
        return siblings.Where(other => other.MacAddress == link.MacAddress).MaxBy(other => other.InterfaceName == link.Name);
    }

    /// <summary>The best metric: IPv4 shows it as none.</summary>
    private static uint FirstOf(AddressFamily family) => family is AddressFamily.InterNetworkV6 ? IPv6Metric : 0;

    private static uint MetricOf(IPRoute route, AddressFamily family) => route.Metric ?? FirstOf(family);
}
