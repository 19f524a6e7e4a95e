using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>
/// Requests that go to the kernel in one send and are acted upon in their order. rtnetlink is no transaction:
/// it continues after a request that failed, and the first failure is thrown.
/// </summary>
public readonly ref partial struct RouteBatch
{
    private const NetlinkFlags Add = NetlinkFlags.Create | NetlinkFlags.Exclusive;
    private const NetlinkFlags Replace = NetlinkFlags.Create | NetlinkFlags.Replace;

    private static readonly NetlinkSocket.AnswerReader<int> s_peer =
        static answer => answer.Attributes<Ifinfomsg>().TryFind(Ifla.Link, out AttributeReader peer) ? peer.ReadInt32() : 0;

    private readonly RouteSocket _socket;
    private readonly NetlinkWriter _writer;

    internal RouteBatch(RouteSocket socket, NetlinkWriter writer)
    {
        _socket = socket;
        _writer = writer;
    }

    /// <summary>Creates a link; EEXIST if the name or index is taken.</summary>
    /// <remarks>
    /// Alias, IPv6 address generation and port settings the kernel takes only of a link that is there: they follow in
    /// a second message; one that has such settings and is to be up comes up in a third.
    /// </remarks>
    /// <exception cref="ArgumentException">It has such settings, and neither a name nor an index.</exception>
    public RouteBatch CreateLink(Link link) => CreateLink(link, Add);

    /// <summary>Changes a link; ENODEV if there is none.</summary>
    /// <remarks>Port settings that come with a new master follow in a second message.</remarks>
    /// <exception cref="ArgumentException">A rename of a link that is selected by name.</exception>
    public RouteBatch ChangeLink(LinkSelector link, LinkChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        using (_writer.Message(RtnetlinkType.NewLink, NetlinkFlags.None))
        {
            change.Write(_writer, link);
        }
        if (change.HasLatePort)
        {
            using (_writer.Message(RtnetlinkType.NewLink, NetlinkFlags.None))
            {
                link.WriteHeader(_writer);
                Link.WriteSettings(_writer, alias: null, generation: null, change.BridgePort);
            }
        }
        return this;
    }

    /// <summary>Deletes a link; ENODEV if there is none. A veth's other end goes with it.</summary>
    public RouteBatch DeleteLink(LinkSelector link)
    {
        using (_writer.Message(RtnetlinkType.DeleteLink, NetlinkFlags.None))
        {
            link.WriteHeader(_writer);
        }
        return this;
    }

    /// <summary>Deletes all links of a group for the price of one; ENODEV if there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Group 0, which every link is in that was not put into another.</exception>
    public RouteBatch DeleteLinkGroup(uint group)
    {
        ArgumentOutOfRangeException.ThrowIfZero(group);
        using (_writer.Message(RtnetlinkType.DeleteLink, NetlinkFlags.None))
        {
            _writer.WriteHeader(default(Ifinfomsg));
            _writer.WriteUInt32(Ifla.Group, group);
        }
        return this;
    }

    /// <summary>Lets VLANs in at a bridge's port. EOPNOTSUPP from a kernel without CONFIG_BRIDGE_VLAN_FILTERING.</summary>
    public RouteBatch AddVlans(int link, BridgeVlans vlans)
    {
        using (_writer.Message(RtnetlinkType.SetLink, NetlinkFlags.None))
        {
            vlans.Write(_writer, link);
        }
        return this;
    }

    /// <summary>Lets VLANs in no longer.</summary>
    public RouteBatch DeleteVlans(int link, BridgeVlans vlans)
    {
        using (_writer.Message(RtnetlinkType.DeleteLink, NetlinkFlags.None))
        {
            vlans.Write(_writer, link);
        }
        return this;
    }

    /// <summary>Adds an address; EEXIST if it is there.</summary>
    public RouteBatch AddAddress(LinkAddress address) => Write(RtnetlinkType.NewAddress, Add, address);

    /// <summary>Adds an address, or changes flags and lifetimes of the one that is there.</summary>
    public RouteBatch ReplaceAddress(LinkAddress address) => Write(RtnetlinkType.NewAddress, Replace, address);

    /// <summary>Deletes an address; EADDRNOTAVAIL if it is not there.</summary>
    public RouteBatch DeleteAddress(LinkAddress address) => Write(RtnetlinkType.DeleteAddress, NetlinkFlags.None, address);

    /// <summary>Adds a route; EEXIST if there is one to the same destination with the same metric.</summary>
    public RouteBatch AddRoute(IPRoute route) => Write(RtnetlinkType.NewRoute, Add, route);

    /// <summary>Adds a route in the place of one to the same destination with the same metric.</summary>
    public RouteBatch ReplaceRoute(IPRoute route) => Write(RtnetlinkType.NewRoute, Replace, route);

    /// <summary>Adds a route behind those to the same destination with the same metric; EEXIST if that very route is there.</summary>
    public RouteBatch AppendRoute(IPRoute route) => Write(RtnetlinkType.NewRoute, NetlinkFlags.Create | NetlinkFlags.Append, route);

    /// <summary>Deletes the first route with all the given properties; ESRCH if there is none.</summary>
    public RouteBatch DeleteRoute(IPRoute route) => Write(RtnetlinkType.DeleteRoute, NetlinkFlags.None, route);

    /// <summary>Adds a rule that chooses a routing table; EEXIST if it is there with the same priority. Without one it is added again.</summary>
    public RouteBatch AddRule(RoutingRule rule) => Write(RtnetlinkType.NewRule, Add, rule);

    /// <summary>Deletes a rule; ENOENT if it is not there.</summary>
    public RouteBatch DeleteRule(RoutingRule rule) => Write(RtnetlinkType.DeleteRule, NetlinkFlags.None, rule);

    /// <summary>Adds a neighbour, or changes the one that is there.</summary>
    public RouteBatch SetNeighbour(Neighbour neighbour) => Write(RtnetlinkType.NewNeighbour, Replace, neighbour);

    /// <summary>Deletes a neighbour; ENOENT if it is not there.</summary>
    public RouteBatch DeleteNeighbour(Neighbour neighbour) => Write(RtnetlinkType.DeleteNeighbour, NetlinkFlags.None, neighbour);

    /// <summary>Sends all of it.</summary>
    /// <exception cref="NetlinkException">The first request that failed, named.</exception>
    public void Execute() => _socket.Execute();

    /// <summary>Sends all requests and, in the same send, asks for a link as it is after them.</summary>
    /// <exception cref="NetlinkException">The first request that failed, named; ENODEV if there is no such link.</exception>
    public Link GetLink(LinkSelector link)
    {
        using (_writer.Message(RtnetlinkType.GetLink, NetlinkFlags.None))
        {
            link.WriteHeader(_writer);
        }
        return _socket.Query(static answer => new Link(answer));
    }

    /// <summary>Creates a link as the last request, sends all requests, and returns the link's <see cref="Link.PeerIndex"/>.</summary>
    /// <remarks>
    /// It reads the index from the echo of the creation, because a question costs more: the kernel first settles the link's carrier, and so
    /// deactivates a veth's end that is up while the other is down, with a grace period under rtnl_mutex. It asks kernels before 6.2, which
    /// send no echo.
    /// </remarks>
    /// <returns>Null if it has no peer.</returns>
    /// <exception cref="NetlinkException">The first request that failed, named.</exception>
    /// <exception cref="ArgumentException">It has settings, and neither a name nor an index.</exception>
    public int? CreateLinkForPeer(Link link)
    {
        int index = CreateLink(link, s_peer);
        return index == 0 ? null : index;
    }

    /// <summary>
    /// As <see cref="CreateLink(Link)"/>, as the last request, and returns the link as the kernel made it: its index, its MAC address, its peer.
    /// Later changes in the same batch are not included.
    /// </summary>
    /// <inheritdoc cref="CreateLinkForPeer" path="/remarks"/>
    /// <exception cref="NetlinkException">The first request that failed, named.</exception>
    /// <exception cref="ArgumentException">It has settings, and neither a name nor an index.</exception>
    public Link CreateLinkAsMade(Link link) => CreateLink<Link?>(link, static message => new Link(message))!;

    /// <summary>Creates a link and reads something of it, from the creation's echo or, where there is none, by asking.</summary>
    private T CreateLink<T>(Link link, NetlinkSocket.AnswerReader<T> reader)
    {
        T? heard = CreateLink(link, Add | NetlinkFlags.Echo)._socket.ExecuteHearing(reader);
        if (!EqualityComparer<T>.Default.Equals(heard, default))
        {
            return heard!;
        }
        LinkSelector selector = LinkSelector.Of(link);
        using (_socket.Begin().Message(RtnetlinkType.GetLink, NetlinkFlags.None))
        {
            selector.WriteHeader(_writer);
            _writer.WriteUInt32(Ifla.ExtendedMask, RtextFilter.SkipStatistics);
        }
        return _socket.Query(reader);
    }

    private RouteBatch CreateLink(Link link, NetlinkFlags flags)
    {
        ArgumentNullException.ThrowIfNull(link);
        using (_writer.Message(RtnetlinkType.NewLink, flags))
        {
            link.WriteCreation(_writer);
        }
        if (link.HasSettings)
        {
            LinkSelector selector = LinkSelector.Of(link);
            using (_writer.Message(RtnetlinkType.NewLink, NetlinkFlags.None))
            {
                selector.WriteHeader(_writer);
                Link.WriteSettings(_writer, link.Alias, link.Ipv6AddressGeneration, link.BridgePort);
            }
            if (link.ComesUpLast)
            {
                using (_writer.Message(RtnetlinkType.NewLink, NetlinkFlags.None))
                {
                    selector.WriteHeader(_writer, LinkFlags.Up, LinkFlags.Up);
                }
            }
        }
        return this;
    }

    private RouteBatch Write(ushort type, NetlinkFlags flags, LinkAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        using (_writer.Message(type, flags))
        {
            address.Write(_writer);
        }
        return this;
    }

    private RouteBatch Write(ushort type, NetlinkFlags flags, IPRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        using (_writer.Message(type, flags))
        {
            route.Write(_writer, isDeletion: type is RtnetlinkType.DeleteRoute);
        }
        return this;
    }

    private RouteBatch Write(ushort type, NetlinkFlags flags, RoutingRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        using (_writer.Message(type, flags))
        {
            rule.Write(_writer);
        }
        return this;
    }

    private RouteBatch Write(ushort type, NetlinkFlags flags, Neighbour neighbour)
    {
        ArgumentNullException.ThrowIfNull(neighbour);
        using (_writer.Message(type, flags))
        {
            neighbour.Write(_writer);
        }
        return this;
    }
}
