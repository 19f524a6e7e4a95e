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
    /// Our own networks; the host's routes in every table, direct or through a gateway (a VPN's); the subnets of its interfaces' addresses, up or
    /// down; and the name servers. Not the default routes, nor what every link has (link-local and multicast addresses).
    /// </summary>
    /// <param name="route">A socket in the host's namespace.</param>
    /// <param name="networks">The subnets of our networks.</param>
    /// <param name="except">A link whose own addresses and routes do not count; null for none.</param>
    /// <param name="resolverFiles">The files that name name servers; null for <see cref="NameServers.Files"/>.</param>
    /// <returns>Networks of both families; some overlap.</returns>
    public static IReadOnlyList<IPNetwork> List(
        RouteSocket route, IEnumerable<IPNetwork> networks, int? except = null, IEnumerable<string>? resolverFiles = null) =>
    [
        .. networks,
        .. RoutesOf(route, except).Union(AddressesOf(route, except)),
        .. from file in resolverFiles ?? NameServers.Files
           from server in NameServers.Read(file)
           select new IPNetwork(server, AddressNumber.BitsOf(server.AddressFamily)),
    ];

    private static IEnumerable<IPNetwork> RoutesOf(RouteSocket route, int? except) => route.ListRoutes(AddressFamily.Unspecified, table: null)
        .Where(found => found.Table != IPRoute.LocalTable && !found.Flags.HasFlag(RouteFlags.Cloned) && IsSomebodys(found.Destination))
        .Where(found => except is null || found.OutputInterface != except)
        .Select(found => found.Destination);

    /// <summary>An interface that is down has addresses, but no routes.</summary>
    private static IEnumerable<IPNetwork> AddressesOf(RouteSocket route, int? except) => route.ListAddresses()
        .Where(listed => listed.LinkIndex != except && !IPAddress.IsLoopback(listed.Address.Address) && IsSomebodys(listed.Address.Subnet))
        .Select(listed => listed.Address.Subnet);

    private static bool IsSomebodys(IPNetwork destination) =>
        destination.PrefixLength >= ShortestRoute
        && !SubnetPools.Overlaps(destination, s_linkLocal)
        && !SubnetPools.Overlaps(destination, s_multicast);
}
