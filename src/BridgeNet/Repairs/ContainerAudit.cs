using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;
using BridgeNet.Wiring;

namespace BridgeNet.Repairs;

/// <summary>Compares the inside of a container with its record: its interface up, its addresses, the loopback, the default routes.</summary>
internal static class ContainerAudit
{
    private const int LoopbackIndex = 1;

    /// <summary>Whether something is missing.</summary>
    /// <param name="inside">A socket of the container's namespace.</param>
    /// <param name="endpoint">What is to be there.</param>
    /// <param name="index">The interface.</param>
    public static bool IsWrong(RouteSocket inside, EndpointState endpoint, int index) =>
        DownOf(inside, index).Any() || MissingAddresses(inside, endpoint, index).Any() || AreRoutesWrong(inside, endpoint, index);

    /// <summary>Restores what is missing.</summary>
    /// <returns>What was wrong, a line each.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<string> Mend(RouteSocket inside, EndpointState endpoint, int index)
    {
        List<string> faults = [];
        foreach (Link link in DownOf(inside, index).ToArray())
        {
            inside.Batch().ChangeLink(LinkSelector.ByIndex(link.Index), new LinkChange { IsUp = true }).Execute();
            faults.Add($"{link.Name} in the container was down");
        }
        foreach (InterfaceAddress address in MissingAddresses(inside, endpoint, index).ToArray())
        {
            inside.Batch().ReplaceAddress(address.OnLink(index)).Execute();
            faults.Add($"{endpoint.InterfaceName} in the container lacked {address}");
        }
        IReadOnlyList<IPRoute> routes = RoutesOf(inside, endpoint, index);
        foreach (IPRoute route in MissingRoutes(routes, endpoint, index).ToArray())
        {
            if (route.IsDefault)
            {
                DefaultRoutes.Rank(inside, route.Gateway!, index, endpoint.GatewayPriority, []);
            }
            else
            {
                inside.Batch().ReplaceRoute(route).Execute();
            }
            string way = route.IsDefault ? $"default route by {route.Gateway}" : $"route to {route.Destination}";
            faults.Add($"the container had no {way}");
        }
        if (IsBeside(routes, index) && !SourceRoutes.IsThere(inside, endpoint, index))
        {
            SourceRoutes.Ensure(inside, endpoint, index);
            faults.Add($"the container had no way out by {endpoint.InterfaceName} for what {endpoint.InterfaceName} sends");
        }
        return faults;
    }

    private static IEnumerable<Link> DownOf(RouteSocket inside, int index) =>
        from wanted in new[] { LoopbackIndex, index }
        let link = inside.TryGetLink(LinkSelector.ByIndex(wanted))
        where link is not null && !link.IsUp
        select link;

    private static IEnumerable<InterfaceAddress> MissingAddresses(RouteSocket inside, EndpointState endpoint, int index)
    {
        HashSet<InterfaceAddress> there = [.. inside.ListAddresses(index).Select(address => address.Address)];
        return endpoint.InterfaceAddresses.Where(address => !there.Contains(address));
    }

    private static bool AreRoutesWrong(RouteSocket inside, EndpointState endpoint, int index)
    {
        IReadOnlyList<IPRoute> routes = RoutesOf(inside, endpoint, index);
        return MissingRoutes(routes, endpoint, index).Any() || (IsBeside(routes, index) && !SourceRoutes.IsThere(inside, endpoint, index));
    }

    /// <summary>The container's routes of the families in which the endpoint has some.</summary>
    private static IReadOnlyList<IPRoute> RoutesOf(RouteSocket inside, EndpointState endpoint, int index) =>
    [
        .. from family in ContainerWiring.RoutesOf(endpoint, index)
               .Select(route => (route.Gateway ?? route.Destination.BaseAddress).AddressFamily).Distinct()
           from route in inside.ListRoutes(family)
           select route,
    ];

    private static IEnumerable<IPRoute> MissingRoutes(IReadOnlyList<IPRoute> there, EndpointState endpoint, int index) =>
        ContainerWiring.RoutesOf(endpoint, index)
            .Where(wanted => !there.Any(route => route.OutputInterface == index && IsSame(route, wanted)));

    /// <summary>Whether the container has another way out.</summary>
    private static bool IsBeside(IReadOnlyList<IPRoute> routes, int index) => routes.Any(route => route.IsDefault && route.OutputInterface != index);

    private static bool IsSame(IPRoute there, IPRoute wanted) => wanted.IsDefault
        ? there.IsDefault && wanted.Gateway!.Equals(there.Gateway)
        : Equals(there.Destination, wanted.Destination) && Equals(there.Gateway, wanted.Gateway);
}
