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
/// <remarks>
/// When ports came, TCP is not asked about. Who was refused begins anew, and its first packet finds no connection or one that the kernel takes for
/// closed; who goes on with a program of the host that no longer listens is not to be disturbed. When ports went, TCP and all others are.
/// </remarks>
internal static class ConnectionFlush
{
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
        PublishedPort[] concerned = [.. ports.Where(port => port.HostPort > 0 && (isRemoval || port.Protocol is not TransportProtocol.Tcp))];
        if (concerned.Length == 0)
        {
            return true;
        }
        try
        {
            if (netfilter.CountConntrack() == 0)
            {
                return true; // each of the questions below has the kernel walk a table that is the whole machine's: milliseconds
            }
            Lazy<HashSet<IPAddress>> hostAddresses = new(() => [.. route.ListAddresses().Select(address => address.Address.Address)]);
            foreach (IGrouping<NftFamily, PublishedPort> family in concerned.GroupBy(StaleConnections.FamilyOf))
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

    /// <summary>Each question has the kernel walk its whole table: of several ports it lists all connections once.</summary>
    private static void End(NetfilterSocket netfilter, StaleConnections stale)
    {
        ConntrackFilter[] filters = [.. stale.Ports.SelectMany(port => port.Each()).SelectMany(stale.FiltersOf).Take(2)];
        if (filters.Length != 1)
        {
            _ = netfilter.DeleteConntrack(stale.Family, stale.Contains);
        }
        else if (stale.IsRemoval)
        {
            netfilter.DeleteConntrack(filters[0]);
        }
        else
        {
            foreach (ConntrackEntry entry in netfilter.ListConntrack(filters[0]).Where(stale.Contains))
            {
                _ = netfilter.DeleteConntrack(entry);
            }
        }
    }
}
