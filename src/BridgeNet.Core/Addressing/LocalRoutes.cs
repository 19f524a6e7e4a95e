using System.Diagnostics;
using System.Net;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Core.Addressing;

/// <summary>
/// The routes by which the kernel takes packets to its own IPv6 addresses. It acknowledges an address at once and makes the route later, by a worker
/// (addrconf_dad_work in net/ipv6/addrconf.c). Until then it drops packets to the address, and whoever connects waits a second to try again. The
/// routes of IPv4 addresses are there at once.
/// </summary>
internal static class LocalRoutes
{
    /// <summary>An address without its route is better than no container.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until the kernel takes packets to addresses that were added without duplicate address detection to a link that is up.</summary>
    /// <param name="route">A socket of the namespace.</param>
    /// <param name="addresses">The addresses; those of IPv4 need no look.</param>
    public static void Await(RouteSocket route, IEnumerable<InterfaceAddress> addresses)
    {
        foreach (InterfaceAddress address in addresses)
        {
            if (address.IsIPv6)
            {
                Await(route, address.Address);
            }
        }
    }

    private static void Await(RouteSocket route, IPAddress address)
    {
        long start = Stopwatch.GetTimestamp();
        while (!IsLocal(route, address) && Stopwatch.GetElapsedTime(start) < s_limit)
        {
            Thread.Yield(); // the worker may wait for this processor
        }
    }

    private static bool IsLocal(RouteSocket route, IPAddress address)
    {
        try
        {
            return route.GetRoute(address).Type is RouteType.Local;
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENETUNREACH or Errno.EHOSTUNREACH)
        {
            return false;
        }
    }
}
