using System.Net;
using System.Net.Sockets;
using BridgeNet.Native;
using BridgeNet.Netlink.Tracing;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>Links, addresses, routes, neighbours and traffic control of one network namespace. Not safe for concurrent use.</summary>
public sealed partial class RouteSocket : NetlinkSocket
{
    internal RouteSocket(INetlinkTransport transport)
        : base(transport)
    {
    }

    /// <summary>Opens a socket into the network namespace of the calling thread, to which it belongs from then on.</summary>
    /// <exception cref="KernelException">As socket(2) says; ENOPROTOOPT before Linux 4.20.</exception>
    public static RouteSocket Open()
    {
        return OpenOn(new KernelTransport(NetlinkProtocol.Route));
    }

    /// <summary>Opens a socket into another network namespace, without moving the calling thread for longer than that takes.</summary>
    /// <returns>Null if the thread may not go there or could not come back: then a thread of its own is to <see cref="Open"/> it there.</returns>
    /// <exception cref="KernelException">ENOPROTOOPT before Linux 4.20.</exception>
    public static RouteSocket? TryOpenIn(FileDescriptor networkNamespace)
    {
        if (NetlinkDescriptor.TryOpenIn(networkNamespace, NetlinkProtocol.Route) is not { } socket)
        {
            return null;
        }
        return OpenOn(new KernelTransport(socket));
    }

    /// <summary>Begins requests that go to the kernel together.</summary>
    public RouteBatch Batch() => new(this, Begin());

    /// <summary>A link.</summary>
    /// <exception cref="NetlinkException">ENODEV if there is none.</exception>
    public Link GetLink(LinkSelector link) => Batch().GetLink(link);

    /// <summary>A link, or null if there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Link? TryGetLink(LinkSelector link)
    {
        try
        {
            return GetLink(link);
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENODEV)
        {
            return null;
        }
    }

    /// <summary>The index of a link, or null if there is none of that name. It costs a fifth of <see cref="TryGetLink"/> and takes no lock.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public int? TryGetIndex(InterfaceName name) => FindInterface(name);

    /// <summary>The number that this namespace has for another, as in <see cref="Link.PeerNamespaceId"/>; null if it has none.</summary>
    /// <param name="networkNamespace">The other one.</param>
    /// <exception cref="NetlinkException">The kernel refused; EINVAL if the descriptor is of no network namespace.</exception>
    public int? TryGetNamespaceId(FileDescriptor networkNamespace)
    {
        ArgumentNullException.ThrowIfNull(networkNamespace);
        NetlinkWriter writer = Begin();
        using (writer.Message(RtnetlinkType.GetNamespaceId, NetlinkFlags.None))
        {
            writer.WriteHeader(default(Rtgenmsg));
            writer.WriteInt32(Netnsa.Descriptor, networkNamespace.Value);
        }
        int id = Query(static answer =>
            answer.Attributes<Rtgenmsg>().TryFind(Netnsa.NamespaceId, out AttributeReader number) ? number.ReadInt32() : -1);
        return id < 0 ? null : id;
    }

    /// <summary>All links, or those that are ports of a bridge.</summary>
    /// <param name="master">The bridge's index; null for all links.</param>
    /// <param name="hasStatistics">Whether each has its counters, which are a third of the answer.</param>
    /// <exception cref="NetlinkException">The kernel refused; ENODEV if there is no such bridge.</exception>
    public IReadOnlyList<Link> ListLinks(int? master = null, bool hasStatistics = true)
    {
        NetlinkWriter writer = Begin();
        using (writer.Message(RtnetlinkType.GetLink, NetlinkFlags.Dump))
        {
            writer.WriteHeader(default(Ifinfomsg));
            writer.WriteOptional(Ifla.Master, master);
            if (!hasStatistics)
            {
                writer.WriteUInt32(Ifla.ExtendedMask, RtextFilter.SkipStatistics);
            }
        }
        return Dump(static answer => new Link(answer));
    }

    /// <summary>All addresses of IPv4 and IPv6, or those of a link.</summary>
    /// <param name="linkIndex">The link's index; null for all links.</param>
    /// <exception cref="NetlinkException">The kernel refused; ENODEV if there is no such link.</exception>
    public IReadOnlyList<LinkAddress> ListAddresses(int? linkIndex = null)
    {
        NetlinkWriter writer = Begin();
        using (writer.Message(RtnetlinkType.GetAddress, NetlinkFlags.Dump))
        {
            writer.WriteHeader(new Ifaddrmsg { Index = linkIndex ?? 0 });
        }
        return DumpIP(static answer => new LinkAddress(answer));
    }

    /// <summary>Routes of a table.</summary>
    /// <param name="family">IPv4 or IPv6; by default both.</param>
    /// <param name="table">The table; null for all of them. There are no routes in a table that is not there.</param>
    /// <param name="linkIndex">The link that they leave by; null for all links.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<IPRoute> ListRoutes(
        AddressFamily family = AddressFamily.Unspecified, uint? table = IPRoute.MainTable, int? linkIndex = null)
    {
        NetlinkWriter writer = Begin();
        using (writer.Message(RtnetlinkType.GetRoute, NetlinkFlags.Dump))
        {
            writer.WriteHeader(new Rtmsg { Family = RouteFamily.Of(family) });
            writer.WriteOptional(Rta.Table, table);
            writer.WriteOptional(Rta.OutputInterface, linkIndex);
        }
        try
        {
            return DumpIP(static answer => new IPRoute(answer));
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT)
        {
            return [];
        }
    }

    /// <summary>The rules that choose a routing table, in their order.</summary>
    /// <param name="family">IPv4 or IPv6; by default both.</param>
    /// <exception cref="NetlinkException">The kernel refused; EOPNOTSUPP without such rules.</exception>
    public IReadOnlyList<RoutingRule> ListRules(AddressFamily family = AddressFamily.Unspecified)
    {
        NetlinkWriter writer = Begin();
        using (writer.Message(RtnetlinkType.GetRule, NetlinkFlags.Dump))
        {
            writer.WriteHeader(new FibRuleHeader { Family = RouteFamily.Of(family) });
        }
        return DumpIP(static answer => new RoutingRule(answer));
    }

    /// <summary>The route that a packet to an address would take, with the source address that it would have.</summary>
    /// <exception cref="NetlinkException">ENETUNREACH or EHOSTUNREACH if there is none.</exception>
    public IPRoute GetRoute(IPAddress destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        byte family = RouteFamily.Of(destination);
        NetlinkWriter writer = Begin();
        using (writer.Message(RtnetlinkType.GetRoute, NetlinkFlags.None))
        {
            writer.WriteHeader(new Rtmsg
            {
                Family = family,
                DestinationLength = (byte)RouteFamily.Bits(family),
                Flags = family is RouteFamily.IPv4 ? RouteFlags.LookUpTable : RouteFlags.None, // IPv6 names the table unasked
            });
            writer.WriteOptional(Rta.Destination, destination);
        }
        return Query(static answer => new IPRoute(answer));
    }

    /// <summary>What is known of the hosts on the links.</summary>
    /// <param name="linkIndex">The link's index; null for all links.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<Neighbour> ListNeighbours(int? linkIndex = null)
    {
        NetlinkWriter writer = Begin();
        using (writer.Message(RtnetlinkType.GetNeighbour, NetlinkFlags.Dump))
        {
            writer.WriteHeader(default(Ndmsg));
            writer.WriteOptional(Nda.InterfaceIndex, linkIndex);
        }
        return DumpIP(static answer => new Neighbour(answer));
    }

    /// <summary>The forwarding table of a bridge.</summary>
    /// <param name="bridge">The bridge's index.</param>
    /// <exception cref="NetlinkException">The kernel refused; ENODEV if there is no such bridge.</exception>
    public IReadOnlyList<Neighbour> ListForwardingEntries(int bridge)
    {
        NetlinkWriter writer = Begin();
        using (writer.Message(RtnetlinkType.GetNeighbour, NetlinkFlags.Dump))
        {
            writer.WriteHeader(new Ndmsg { Family = RouteFamily.Bridge });
            writer.WriteInt32(Nda.Master, bridge);
        }
        return Dump(static answer => new Neighbour(answer));
    }

    /// <summary>Deletes a link; a veth's other end goes with it.</summary>
    /// <returns>False if there is none.</returns>
    /// <exception cref="NetlinkException">The kernel refused: EOPNOTSUPP for hardware and the loopback.</exception>
    public bool DeleteLink(LinkSelector link)
    {
        try
        {
            Batch().DeleteLink(link).Execute();
            return true;
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENODEV)
        {
            return false;
        }
    }

    /// <summary>
    /// Deletes links together for about the price of one: it puts them into a group of their own and deletes the group. A veth's other end
    /// goes with it.
    /// </summary>
    /// <param name="indices">Their indices, at least one.</param>
    /// <exception cref="NetlinkException">ENODEV if one of them is not there: the others are deleted all the same.</exception>
    public void DeleteLinks(params ReadOnlySpan<int> indices)
    {
        uint group = (uint)Random.Shared.Next(1 << 20, int.MaxValue); // people number theirs from 1 on
        LinkChange toGroup = new() { Group = group };
        RouteBatch batch = Batch();
        foreach (int index in indices)
        {
            batch = batch.ChangeLink(LinkSelector.ByIndex(index), toGroup);
        }
        batch.DeleteLinkGroup(group).Execute();
    }

    internal override string Describe(NetlinkMessage request) => RequestDescription.Of(request);

    private static RouteSocket OpenOn(KernelTransport transport)
    {
        transport.CheckStrictly();
        return new RouteSocket(NetlinkTrace.Watch(transport, NetlinkProtocol.Route));
    }

    /// <summary>As Dump, without answers of other families than IPv4 and IPv6, which a dump of all families gives too.</summary>
    private List<T> DumpIP<T>(AnswerReader<T> reader)
        where T : class
    {
        IReadOnlyList<T?> answers = Dump(answer => RouteFamily.IsIP(answer.Header<byte>()) ? reader(answer) : null);
        return [.. answers.OfType<T>()];
    }
}
