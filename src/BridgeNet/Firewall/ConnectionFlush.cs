using System.Net;
using System.Net.Sockets;

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
/// must not be disturbed. When ports went, TCP connections end too. When a container went, all of its connections end: the next owner of its address
/// must not get the answers to what it asked.
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
        PublishedPort[] concerned = [.. ports.Where(port => isRemoval || port is { HostPort: > 0, Protocol: not TransportProtocol.Tcp })];
        return concerned.Length == 0 || Try(netfilter, () =>
        {
            Lazy<HashSet<IPAddress>> hostAddresses = new(() => [.. route.ListAddresses().Select(address => address.Address.Address)]);
            foreach (IGrouping<NftFamily, PublishedPort> family in concerned.GroupBy(StaleConnections.FamilyOf))
            {
                End(netfilter, new StaleConnections(family.Key, [.. family], containerAddresses, hostAddresses, isRemoval));
            }
        });
    }

    /// <summary>Ends all connections of containers that go: those that they began, and those that led to them.</summary>
    /// <param name="netfilter">Of the host's namespace.</param>
    /// <param name="containerAddresses">Their addresses.</param>
    /// <returns>False if the kernel refused; the connections then end when they time out.</returns>
    public static bool FlushAll(NetfilterSocket netfilter, IReadOnlyCollection<IPAddress> containerAddresses) => Try(netfilter, () =>
    {
        foreach (IGrouping<AddressFamily, IPAddress> family in containerAddresses.GroupBy(static address => address.AddressFamily))
        {
            EndAll(netfilter, family.Key is AddressFamily.InterNetwork ? NftFamily.IPv4 : NftFamily.IPv6, [.. family]);
        }
    });

    /// <summary>The kernel ends those of one IPv4 address by itself; else it lists its table once.</summary>
    private static void EndAll(NetfilterSocket netfilter, NftFamily family, IPAddress[] addresses)
    {
        if (addresses.Length == 1 && family is NftFamily.IPv4)
        {
            ConntrackTupleFilter from = new() { Source = addresses[0] };
            netfilter.DeleteConntrack(new ConntrackFilter { Family = family, Original = from });
            netfilter.DeleteConntrack(new ConntrackFilter { Family = family, Reply = from });
            return;
        }
        HashSet<IPAddress> all = [.. addresses];
        _ = netfilter.DeleteConntrack(family, entry => all.Contains(entry.Original.Source) || all.Contains(entry.Reply.Source));
    }

    /// <summary>Does nothing where there is no connection: each query walks a table of the whole machine in the kernel: milliseconds.</summary>
    private static bool Try(NetfilterSocket netfilter, Action flush)
    {
        try
        {
            if (netfilter.CountConntrack() > 0)
            {
                flush();
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
