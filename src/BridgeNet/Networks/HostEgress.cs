using System.Net.Sockets;

using BridgeNet.Netlink.Route;

namespace BridgeNet.Networks;

/// <summary>The host's interface to the world.</summary>
internal static class HostEgress
{
    private static readonly AddressFamily[] s_families = [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6];

    /// <summary>The interface of the default route, IPv4 before IPv6, then by metric; null if there is none.</summary>
    public static Link? Find(RouteSocket route)
    {
        IPRoute? way = s_families
            .SelectMany(family => route.ListRoutes(family)
                .Where(found => found.IsDefault && found.OutputInterface is not null)
                .OrderBy(found => found.Metric ?? 0))
            .FirstOrDefault();
        return way?.OutputInterface is { } index ? route.TryGetLink(LinkSelector.ByIndex(index)) : null;
    }
}
