using BridgeNet.Native;

namespace BridgeNet.Netlink.Route;

/// <summary>A network interface: one to create, or one that was read. In one to create, null leaves the choice to the kernel.</summary>
public sealed partial record Link
{
    /// <summary>A link for which the kernel decides everything.</summary>
    public Link()
    {
    }

    /// <summary>The number that it has in its namespace for its life; 0 lets the kernel find one.</summary>
    public int Index { get; init; }

    /// <summary>The name; empty lets the kernel find one by the kind.</summary>
    public InterfaceName Name { get; init; }

    /// <summary>What it is; null for hardware, a tun device and the loopback.</summary>
    public LinkKind? Kind { get; init; }

    /// <summary>The largest packet, in bytes; for a veth or bridge 68 to 65,535 and by default 1,500.</summary>
    public int? Mtu { get; init; }

    /// <summary>The MAC address; null if it has none, or for a random one.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>The index of the bridge that it is a port of.</summary>
    public int? Master { get; init; }

    /// <summary>The group, by default 0, by which links can be deleted together.</summary>
    public uint? Group { get; init; }

    /// <summary>The flags; in a creation those that are set are set, the others left to the kernel.</summary>
    public LinkFlags Flags { get; init; }

    /// <summary>Whether it is administratively up: <see cref="LinkFlags.Up"/> of the flags.</summary>
    public bool IsUp
    {
        get => (Flags & LinkFlags.Up) is not LinkFlags.None;
        init => Flags = value ? Flags | LinkFlags.Up : Flags & ~LinkFlags.Up;
    }

    /// <summary>The index of a veth's other end, or of the link below a vlan or macvlan; in the namespace <see cref="PeerNamespaceId"/>.</summary>
    public int? PeerIndex { get; init; }

    /// <summary>The number that this namespace has for the one of the other end; null if it is this one. Only read.</summary>
    public int? PeerNamespaceId { get; init; }

    /// <summary>The network namespace to be made in; null for that of the socket. It cannot be read back.</summary>
    public FileDescriptor? NetworkNamespace { get; init; }

    /// <summary>A text for people, up to 255 bytes.</summary>
    public string? Alias { get; init; }

    /// <summary>The length of the transmit queue, in packets.</summary>
    public int? TxQueueLength { get; init; }

    /// <summary>How many transmit queues; a veth has by default one per processor.</summary>
    public int? TxQueues { get; init; }

    /// <summary>How many receive queues; a veth has by default one per processor.</summary>
    public int? RxQueues { get; init; }

    /// <summary>How the IPv6 link-local address is made; null where there is no IPv6.</summary>
    public Ipv6AddressGeneration? Ipv6AddressGeneration { get; init; }

    /// <summary>What the bridge keeps of it as its port; null if it is not one.</summary>
    public BridgePortSettings? BridgePort { get; init; }

    /// <summary>The state by RFC 2863. Only read.</summary>
    public OperationalState OperationalState { get; init; }

    /// <summary>Whether there is a carrier. Only read.</summary>
    public bool IsCarrierUp { get; init; }

    /// <summary>What went through it. Only read.</summary>
    public LinkStatistics Statistics { get; init; }
}
