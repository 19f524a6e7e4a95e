using System.Net;
using System.Net.Sockets;

using BridgeNet.Addressing;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Networks;

/// <summary>The occupied part of a host's address space. A subnet that BridgeNet chooses itself must not cut anybody off.</summary>
internal static class OccupiedSubnets
{
    /// <summary>
    /// A route to more than a 256th of all addresses counts as a piece of the default route: a VPN that takes all traffic has 0.0.0.0/1 and
    /// 128.0.0.0/1, or a list of such. More specific routes, as those of a network, win over it. If it counted, no subnet would be left.
    /// </summary>
    private const int ShortestRoute = 8;

    private static readonly IPNetwork s_linkLocal = IPNetwork.Parse("fe80::/10");
    private static readonly IPNetwork s_multicast = IPNetwork.Parse("ff00::/8");

    /// <summary>
    /// Our own networks; the host's routes in every table, up or down, direct or through a gateway (a VPN's); and the name servers.
    /// Not the default routes, nor what every link has (link-local and multicast addresses), nor the table of the host's own addresses.
    /// </summary>
    /// <param name="route">A socket in the host's namespace.</param>
    /// <param name="networks">The subnets of our networks.</param>
    /// <param name="resolverFiles">The files that name name servers; null for <see cref="NameServers.Files"/>.</param>
    /// <returns>Networks of both families; some overlap.</returns>
    public static IReadOnlyList<IPNetwork> List(RouteSocket route, IEnumerable<IPNetwork> networks, IEnumerable<string>? resolverFiles = null) =>
    [
        .. networks,
        .. RoutesOf(route),
        .. from file in resolverFiles ?? NameServers.Files
           from server in NameServers.Read(file)
           select new IPNetwork(server, AddressNumber.BitsOf(server.AddressFamily)),
    ];

    /// <summary>The destinations of the host's routes; a subnet that the caller chose and that overlaps one gets a warning.</summary>
    public static IEnumerable<IPNetwork> RoutesOf(RouteSocket route) => route.ListRoutes(AddressFamily.Unspecified, table: null)
        .Where(found => found.Table != IPRoute.LocalTable && !found.Flags.HasFlag(RouteFlags.Cloned) && IsSomebodys(found.Destination))
        .Select(found => found.Destination)
        .Distinct();

    private static bool IsSomebodys(IPNetwork destination) =>
        destination.PrefixLength >= ShortestRoute
        && !SubnetPools.Overlaps(destination, s_linkLocal)
        && !SubnetPools.Overlaps(destination, s_multicast);
}
