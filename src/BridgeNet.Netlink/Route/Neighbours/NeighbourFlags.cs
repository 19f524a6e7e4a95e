namespace BridgeNet.Netlink.Route;

/// <summary>The flags of a neighbour, as in include/uapi/linux/neighbour.h.</summary>
[Flags]
public enum NeighbourFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>NTF_USE: ask for it now.</summary>
    Use = 0x01,

    /// <summary>NTF_SELF: a forwarding entry of the link itself.</summary>
    Self = 0x02,

    /// <summary>NTF_MASTER: a forwarding entry of the bridge that the link is a port of.</summary>
    Master = 0x04,

    /// <summary>NTF_PROXY: asked for by others, answered here.</summary>
    Proxy = 0x08,

    /// <summary>NTF_EXT_LEARNED: learned by a program or device.</summary>
    ExternallyLearned = 0x10,

    /// <summary>NTF_OFFLOADED: known to the hardware.</summary>
    Offloaded = 0x20,

    /// <summary>NTF_STICKY: a forwarding entry that does not move to another port.</summary>
    Sticky = 0x40,

    /// <summary>NTF_ROUTER: an IPv6 router.</summary>
    Router = 0x80,
}
