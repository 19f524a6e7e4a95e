using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Firewall;

/// <summary>
/// Ends the connections that the kernel remembers otherwise than the published ports now say. A connection's translation is settled by its
/// first packet: without this, a client that spoke before its port was published never reaches the container as long as it keeps its socket,
/// and one whose port moved goes on reaching the container that had it before.
/// </summary>
internal static class ConnectionFlush
{
    /// <summary>For up to so many ports of a family each is asked for by itself; for more the table is listed once.</summary>
    private const int FewPorts = 8;

    /// <summary>Ends what is stale; to be called when the packet rules are as they shall be.</summary>
    /// <param name="netfilter">Of the host's namespace.</param>
    /// <param name="route">Of the host's namespace: which addresses are the host's.</param>
    /// <param name="ports">The ports that came or went.</param>
    /// <param name="containerAddresses">The addresses of the container to which they lead or led.</param>
    /// <param name="isRemoval">Whether they went.</param>
    /// <returns>
    /// False if the kernel refused, as one without nf_conntrack_netlink does: the ports are as they shall be all the same, and what is stale
    /// ends when it times out.
    /// </returns>
    public static bool Flush(
        NetfilterSocket netfilter,
        RouteSocket route,
        IReadOnlyCollection<PublishedPort> ports,
        IReadOnlyList<IPAddress> containerAddresses,
        bool isRemoval)
    {
        if (ports.Count == 0)
        {
            return true;
        }
        try
        {
            Lazy<HashSet<IPAddress>> hostAddresses = new(() => [.. route.ListAddresses().Select(address => address.Address.Address)]);
            foreach (IGrouping<NftFamily, PublishedPort> family in ports.GroupBy(StaleConnections.FamilyOf))
            {
                End(netfilter, new StaleConnections(family.Key, [.. family], containerAddresses, hostAddresses, isRemoval));
            }
            return true;
        }
        catch (NetlinkException)
        {
            return false;
        }
    }

    private static void End(NetfilterSocket netfilter, StaleConnections stale)
    {
        if (stale.Ports.Count > FewPorts)
        {
            _ = netfilter.DeleteConntrack(stale.Family, stale.Contains);
            return;
        }
        foreach (ConntrackFilter filter in stale.Ports.SelectMany(stale.FiltersOf))
        {
            if (stale.IsRemoval)
            {
                netfilter.DeleteConntrack(filter);
                continue;
            }
            foreach (ConntrackEntry entry in netfilter.ListConntrack(filter).Where(stale.Contains))
            {
                _ = netfilter.DeleteConntrack(entry);
            }
        }
    }
}
