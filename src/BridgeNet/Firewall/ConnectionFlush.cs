using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Firewall;

/// <summary>
/// Ends connections whose translation no longer fits the published ports. The kernel settles a connection's translation by its first packet. Without
/// this, a client that sent before its port was published would not reach the container while it keeps its socket; and after a port moved, an old
/// client would still reach the container that had it before.
/// </summary>
/// <remarks>
/// When ports came, TCP is left alone: a refused client begins a new connection, and a connection with a program of the host that no longer listens
/// must not be disturbed. When ports went, TCP connections end too.
/// </remarks>
internal static class ConnectionFlush
{
    /// <summary>Ends stale connections. Call it after the packet rules were changed.</summary>
    /// <param name="netfilter">Of the host's namespace.</param>
    /// <param name="route">Of the host's namespace; it lists the host's addresses.</param>
    /// <param name="ports">The ports that came or went.</param>
    /// <param name="containerAddresses">The addresses of the container to which the ports lead or led.</param>
    /// <param name="isRemoval">Whether they went.</param>
    /// <returns>
    /// False if the kernel refused, for example without nf_conntrack_netlink. The ports are right all the same, and stale connections end when they
    /// time out.
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
                return true; // each query below walks a table of the whole machine in the kernel: milliseconds
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

    /// <summary>Each query walks the kernel's whole table, so for several ports it lists all connections once.</summary>
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
