namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of a bridge's port, inside IFLA_INFO_SLAVE_DATA.</summary>
internal static class IflaBridgePort
{
    /// <summary>IFLA_BRPORT_STATE, u8: of the spanning tree.</summary>
    public const ushort State = 1;

    /// <summary>IFLA_BRPORT_PRIORITY, u16: of the spanning tree.</summary>
    public const ushort Priority = 2;

    /// <summary>IFLA_BRPORT_COST, u32: of the spanning tree.</summary>
    public const ushort Cost = 3;

    /// <summary>IFLA_BRPORT_MODE, u8: hairpin, 0 or 1.</summary>
    public const ushort Hairpin = 4;

    /// <summary>IFLA_BRPORT_GUARD, u8: drop spanning-tree packets, 0 or 1.</summary>
    public const ushort BpduGuard = 5;

    /// <summary>IFLA_BRPORT_PROTECT, u8: never the root port, 0 or 1.</summary>
    public const ushort RootBlock = 6;

    /// <summary>IFLA_BRPORT_FAST_LEAVE, u8: 0 or 1.</summary>
    public const ushort FastLeave = 7;

    /// <summary>IFLA_BRPORT_LEARNING, u8: 0 or 1.</summary>
    public const ushort Learning = 8;

    /// <summary>IFLA_BRPORT_UNICAST_FLOOD, u8: 0 or 1.</summary>
    public const ushort UnicastFlood = 9;

    /// <summary>IFLA_BRPORT_PROXYARP, u8: 0 or 1.</summary>
    public const ushort ProxyArp = 10;

    /// <summary>IFLA_BRPORT_MCAST_FLOOD, u8: 0 or 1.</summary>
    public const ushort MulticastFlood = 27;

    /// <summary>IFLA_BRPORT_BCAST_FLOOD, u8: 0 or 1.</summary>
    public const ushort BroadcastFlood = 30;

    /// <summary>IFLA_BRPORT_NEIGH_SUPPRESS, u8: 0 or 1.</summary>
    public const ushort NeighbourSuppression = 32;

    /// <summary>IFLA_BRPORT_ISOLATED, u8: 0 or 1.</summary>
    public const ushort Isolated = 33;

    /// <summary>IFLA_BRPORT_LOCKED, u8: 0 or 1.</summary>
    public const ushort Locked = 39;
}
