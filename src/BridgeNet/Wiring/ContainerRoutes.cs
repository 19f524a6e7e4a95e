using System.Net;

using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Wiring;

/// <summary>The routes that a container is to have by an endpoint's interface.</summary>
internal static class ContainerRoutes
{
    /// <summary>All of them, the default ones last.</summary>
    public static IEnumerable<IPRoute> Of(EndpointState endpoint, int index)
    {
        foreach (StaticRoute route in endpoint.Routes)
        {
            yield return new IPRoute
            {
                Destination = route.Destination,
                Gateway = route.NextHop,
                OutputInterface = index,
                Scope = route.NextHop is null ? RouteScope.Link : null,
            };
        }
        foreach (IPAddress gateway in endpoint.Gateways)
        {
            yield return IPRoute.Default(gateway) with { OutputInterface = index };
        }
    }

    /// <summary>The container's routes of the families in which the endpoint has some, by whatever interface.</summary>
    public static IReadOnlyList<IPRoute> There(RouteSocket inside, EndpointState endpoint, int index) =>
    [
        .. from family in Of(endpoint, index).Select(route => (route.Gateway ?? route.Destination.BaseAddress).AddressFamily).Distinct()
           from route in inside.ListRoutes(family)
           select route,
    ];

    /// <summary>Those that are not there.</summary>
    public static IEnumerable<IPRoute> Missing(IReadOnlyList<IPRoute> there, EndpointState endpoint, int index) =>
        Of(endpoint, index).Where(wanted => !there.Any(route => route.OutputInterface == index && IsSame(route, wanted)));

    /// <summary>Whether the container has another way out.</summary>
    public static bool HasOther(IReadOnlyList<IPRoute> there, int index) => there.Any(route => route.IsDefault && route.OutputInterface != index);

    private static bool IsSame(IPRoute there, IPRoute wanted) => Equals(there.Gateway, wanted.Gateway)
        && (wanted.IsDefault ? there.IsDefault : Equals(there.Destination, wanted.Destination));
}
