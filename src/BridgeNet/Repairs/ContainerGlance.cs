using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;
using BridgeNet.Wiring;

namespace BridgeNet.Repairs;

/// <summary>
/// A look at all routes of a container, a dump for each family: the kernel has a route to a link's subnet only while the link is up, and one to an
/// address while that is there, so they tell of both. Of the loopback, which keeps the route to 127.0.0.1, the route to its broadcast address or to
/// ::1 tells. What they do not show plainly is looked at one by one (<see cref="ContainerAudit"/>).
/// </summary>
internal static class ContainerGlance
{
    /// <summary>Whether the container surely has all that it is to have.</summary>
    /// <param name="inside">A socket of the container's namespace.</param>
    /// <param name="endpoint">What is to be there.</param>
    /// <param name="index">The interface.</param>
    public static bool IsRight(RouteSocket inside, EndpointState endpoint, int index)
    {
        IPRoute[] routes =
        [
            .. endpoint.InterfaceAddresses.Select(own => own.Address.AddressFamily).Distinct()
                .SelectMany(family => inside.ListRoutes(family, table: null)),
        ];
        IPRoute[] main = Array.FindAll(routes, route => route.Table == IPRoute.MainTable);
        return Array.Exists(routes, IsOfLoopbackThatIsUp)
            && endpoint.InterfaceAddresses.All(own => HasLocal(routes, own.Address, index) && HasSubnet(routes, own, index))
            && !ContainerRoutes.HasOther(main, index)
            && !ContainerRoutes.Missing(main, endpoint, index).Any();
    }

    private static bool IsOfLoopbackThatIsUp(IPRoute route) =>
        route.OutputInterface == ContainerWiring.LoopbackIndex
        && (route.Type is RouteType.Broadcast || route.Destination.BaseAddress.Equals(IPAddress.IPv6Loopback));

    private static bool HasLocal(IPRoute[] routes, IPAddress address, int index) => Array.Exists(
        routes, route => route.Type is RouteType.Local && route.OutputInterface == index && route.Destination.Contains(address));

    private static bool HasSubnet(IPRoute[] routes, InterfaceAddress own, int index) => Array.Exists(
        routes,
        route => route is { Type: RouteType.Unicast, Gateway: null } && route.OutputInterface == index && route.Destination.Equals(own.Subnet));
}
