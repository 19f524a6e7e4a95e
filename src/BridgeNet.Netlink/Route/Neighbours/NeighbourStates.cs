namespace BridgeNet.Netlink.Route;

/// <summary>What is known of a neighbour, as in include/uapi/linux/neighbour.h.</summary>
[Flags]
public enum NeighbourStates : ushort
{
    /// <summary>NUD_NONE: nothing yet.</summary>
    None = 0,

    /// <summary>NUD_INCOMPLETE: being asked for.</summary>
    Incomplete = 0x01,

    /// <summary>NUD_REACHABLE: answered lately.</summary>
    Reachable = 0x02,

    /// <summary>NUD_STALE: answered once; asked again when it is needed.</summary>
    Stale = 0x04,

    /// <summary>NUD_DELAY: needed; will be asked soon.</summary>
    Delay = 0x08,

    /// <summary>NUD_PROBE: being asked again.</summary>
    Probe = 0x10,

    /// <summary>NUD_FAILED: does not answer.</summary>
    Failed = 0x20,

    /// <summary>NUD_NOARP: the link asks nobody; of a forwarding entry: not learned, may age no more.</summary>
    NoArp = 0x40,

    /// <summary>NUD_PERMANENT: stays until it is deleted.</summary>
    Permanent = 0x80,
}
