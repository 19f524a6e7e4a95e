using System.Net.Sockets;

using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes;

/// <summary>Has the host forward packets, and keeps the routes that it learnt from router advertisements.</summary>
internal static class HostForwarding
{
    /// <summary>Forwards IPv4.</summary>
    public static void EnableIPv4() => Sysctl.Write("ipv4/ip_forward", "1");

    /// <summary>Lets all of the host or one link forward IPv6.</summary>
    /// <param name="route">The host's socket.</param>
    /// <param name="which"><c>all</c>, or a link.</param>
    /// <remarks>
    /// At each such change, also that of a single link, the kernel drops the default routes that the host learnt from router advertisements, and then
    /// ignores further ones, unless the interface that has the route is told otherwise.
    /// </remarks>
    public static void EnableIPv6(RouteSocket route, string which)
    {
        string setting = $"ipv6/conf/{which}/forwarding";
        if (Sysctl.Read(setting) is "1")
        {
            return;
        }
        IEnumerable<int> advertised = route.ListRoutes(AddressFamily.InterNetworkV6)
            .Where(found => found is { IsDefault: true, Protocol: RouteProtocol.RouterAdvertisement })
            .Select(found => found.OutputInterface).OfType<int>().Distinct();
        foreach (int index in advertised)
        {
            if (route.TryGetLink(LinkSelector.ByIndex(index)) is { } link)
            {
                Sysctl.Write($"ipv6/conf/{link.Name}/accept_ra", "2");
            }
        }
        Sysctl.Write(setting, "1");
    }
}
