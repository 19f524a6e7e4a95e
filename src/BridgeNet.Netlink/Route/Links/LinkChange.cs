using BridgeNet.Native;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>What to change of a link that is there. Null leaves it alone.</summary>
public sealed record LinkChange
{
    /// <summary>Whether it is administratively up.</summary>
    public bool? IsUp { get; init; }

    /// <summary>Whether it takes packets for everybody (IFF_PROMISC).</summary>
    public bool? IsPromiscuous { get; init; }

    /// <summary>Whether it takes packets for all groups (IFF_ALLMULTI).</summary>
    public bool? IsAllMulticast { get; init; }

    /// <summary>The largest packet, in bytes. EINVAL "mtu less than device minimum" or "mtu greater than device maximum".</summary>
    public int? Mtu { get; init; }

    /// <summary>The MAC address.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>The index of the bridge that it becomes a port of; 0 releases it.</summary>
    public int? Master { get; init; }

    /// <summary>Another name; the link must be selected by its index. EEXIST if it is taken.</summary>
    public InterfaceName? Name { get; init; }

    /// <summary>A text for people, up to 255 bytes; empty removes it.</summary>
    public string? Alias { get; init; }

    /// <summary>The group.</summary>
    public uint? Group { get; init; }

    /// <summary>How the IPv6 link-local address is made, from the next time that the link comes up.</summary>
    public Ipv6AddressGeneration? Ipv6AddressGeneration { get; init; }

    /// <summary>
    /// Whether the kernel announces the link's IPv4 addresses by gratuitous ARP when it comes up or its MAC address changes: arp_notify of
    /// net.ipv4.conf (Documentation/networking/ip-sysctl.rst), off by default.
    /// </summary>
    public bool? ArpNotify { get; init; }

    /// <summary>The length of the transmit queue, in packets.</summary>
    public int? TxQueueLength { get; init; }

    /// <summary>The network namespace that it moves to; it is down there and has lost its addresses.</summary>
    public FileDescriptor? NetworkNamespace { get; init; }

    /// <summary>Which settings of its kind to change, such as those of a bridge; null values stay. EOPNOTSUPP for a link of another kind.</summary>
    public LinkKind? Kind { get; init; }

    /// <summary>What the bridge is to keep of it as its port.</summary>
    public BridgePortSettings? BridgePort { get; init; }

    /// <summary>
    /// Whether the port's settings must follow in a message of their own: the kernel looks for the bridge that is to
    /// keep them before it acts on the rest of a message.
    /// </summary>
    internal bool HasLatePort => BridgePort is not null && Master is not null;

    /// <summary>Writes header and attributes of the RTM_NEWLINK that changes a link.</summary>
    /// <exception cref="ArgumentException">It names a link selected by name: the message has one place for a name.</exception>
    internal void Write(NetlinkWriter writer, LinkSelector link)
    {
        if (Name is not null && link.Index == 0)
        {
            throw new ArgumentException($"renaming {link} to {Name} needs its index", nameof(link));
        }
        (LinkFlags flags, LinkFlags meant) = FlagsOf(
            (LinkFlags.Up, IsUp), (LinkFlags.Promiscuous, IsPromiscuous), (LinkFlags.AllMulticast, IsAllMulticast));
        link.WriteHeader(writer, flags, meant);
        writer.WriteName(Ifla.InterfaceName, Name ?? default);
        writer.WriteOptional(Ifla.Mtu, Mtu);
        writer.WriteOptional(Ifla.Address, MacAddress);
        writer.WriteOptional(Ifla.Master, Master);
        writer.WriteOptional(Ifla.Group, Group);
        writer.WriteOptional(Ifla.TxQueueLength, TxQueueLength);
        writer.WriteOptional(Ifla.NetworkNamespace, NetworkNamespace?.Value);
        Link.WriteSettings(writer, Alias, Ipv6AddressGeneration, HasLatePort ? null : BridgePort, ArpNotify, Kind);
    }

    private static (LinkFlags Flags, LinkFlags Meant) FlagsOf(params ReadOnlySpan<(LinkFlags Flag, bool? IsSet)> wishes)
    {
        LinkFlags flags = LinkFlags.None;
        LinkFlags meant = LinkFlags.None;
        foreach ((LinkFlags flag, bool? isSet) in wishes)
        {
            flags |= isSet is true ? flag : LinkFlags.None;
            meant |= isSet is null ? LinkFlags.None : flag;
        }
        return (flags, meant);
    }
}
