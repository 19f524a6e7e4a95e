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

    /// <summary>Those that are not there.</summary>
    public static IEnumerable<IPRoute> Missing(RouteSocket inside, EndpointState endpoint, int index)
    {
        if (endpoint.Gateways.Count + endpoint.Routes.Count == 0)
        {
            return [];
        }
        IPRoute[] wantedRoutes = [.. Of(endpoint, index)];
        IPRoute[] there =
        [
            .. from family in wantedRoutes.Select(route => (route.Gateway ?? route.Destination.BaseAddress).AddressFamily).Distinct()
               from route in inside.ListRoutes(family)
               where route.OutputInterface == index
               select route,
        ];
        return wantedRoutes.Where(wanted => !Array.Exists(there, route => IsSame(route, wanted)));
    }

    private static bool IsSame(IPRoute there, IPRoute wanted) => Equals(there.Gateway, wanted.Gateway)
        && (wanted.IsDefault ? there.IsDefault : Equals(there.Destination, wanted.Destination));
}
