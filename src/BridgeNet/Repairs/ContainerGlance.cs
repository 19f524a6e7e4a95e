using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;
using BridgeNet.Wiring;

namespace BridgeNet.Repairs;

/// <summary>
/// A look at all routes of a container, a dump for each family: the kernel has a route to a link's subnet only while the link is up, and one to an
/// address while that is there, so they tell of both. What they do not show plainly is looked at one by one (<see cref="ContainerAudit"/>).
/// </summary>
internal static class ContainerGlance
{
    private const int LoopbackIndex = 1;

    /// <summary>Whether the container surely has all that it is to have.</summary>
    /// <param name="inside">A socket of the container's namespace.</param>
    /// <param name="endpoint">What is to be there.</param>
    /// <param name="index">The interface.</param>
    public static bool IsRight(RouteSocket inside, EndpointState endpoint, int index)
    {
        if (inside.TryGetLink(LinkSelector.ByIndex(LoopbackIndex)) is not { IsUp: true }) // it has no subnet whose route would tell
        {
            return false;
        }
        foreach (AddressFamily family in (ReadOnlySpan<AddressFamily>)[AddressFamily.InterNetwork, AddressFamily.InterNetworkV6])
        {
            if (Concerns(endpoint, family) && !IsRight(inside.ListRoutes(family, table: null), endpoint, family, index))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsRight(IReadOnlyList<IPRoute> routes, EndpointState endpoint, AddressFamily family, int index)
    {
        foreach (InterfaceAddress own in endpoint.InterfaceAddresses)
        {
            if (own.Address.AddressFamily == family && !(HasLocal(routes, own.Address, index) && HasSubnet(routes, own, index)))
            {
                return false;
            }
        }
        List<IPRoute> main = new(routes.Count);
        foreach (IPRoute route in routes)
        {
            if (route.Table == IPRoute.MainTable)
            {
                main.Add(route);
            }
        }
        return !ContainerRoutes.HasOther(main, index) && !ContainerRoutes.MissingOf(main, endpoint, family, index).Any();
    }

    private static bool HasLocal(IReadOnlyList<IPRoute> routes, IPAddress address, int index)
    {
        foreach (IPRoute route in routes)
        {
            if (route.Type is RouteType.Local && route.OutputInterface == index && route.Destination.Contains(address))
            {
                return true;
            }
        }
        return false;
    }

    private static bool HasSubnet(IReadOnlyList<IPRoute> routes, InterfaceAddress own, int index)
    {
        IPNetwork subnet = own.Subnet;
        foreach (IPRoute route in routes)
        {
            if (route is { Type: RouteType.Unicast, Gateway: null } && route.OutputInterface == index && route.Destination.Equals(subnet))
            {
                return true;
            }
        }
        return false;
    }

    private static bool Concerns(EndpointState endpoint, AddressFamily family)
    {
        foreach (InterfaceAddress own in endpoint.InterfaceAddresses)
        {
            if (own.Address.AddressFamily == family)
            {
                return true;
            }
        }
        return false;
    }
}
