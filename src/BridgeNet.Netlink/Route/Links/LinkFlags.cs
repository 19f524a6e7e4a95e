namespace BridgeNet.Netlink.Route;

/// <summary>The flags of a link, as in include/uapi/linux/if.h; a bit without a name here is kept.</summary>
[Flags]
public enum LinkFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>IFF_UP: administratively up.</summary>
    Up = 0x1,

    /// <summary>IFF_BROADCAST: has a broadcast address.</summary>
    Broadcast = 0x2,

    /// <summary>IFF_LOOPBACK: the loopback link.</summary>
    Loopback = 0x8,

    /// <summary>IFF_POINTOPOINT: has exactly one other end.</summary>
    PointToPoint = 0x10,

    /// <summary>IFF_RUNNING: operational, by RFC 2863.</summary>
    Running = 0x40,

    /// <summary>IFF_NOARP: resolves no addresses.</summary>
    NoArp = 0x80,

    /// <summary>IFF_PROMISC: takes packets for everybody.</summary>
    Promiscuous = 0x100,

    /// <summary>IFF_ALLMULTI: takes packets for all groups.</summary>
    AllMulticast = 0x200,

    /// <summary>IFF_MULTICAST: can send to groups.</summary>
    Multicast = 0x1000,

    /// <summary>IFF_LOWER_UP: there is a carrier.</summary>
    LowerUp = 0x10000,
}
