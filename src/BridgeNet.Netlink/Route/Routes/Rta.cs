namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of a route, as in include/uapi/linux/rtnetlink.h.</summary>
internal static class Rta
{
    /// <summary>RTA_DST, 4 or 16 bytes: the destination; absent for the default route.</summary>
    public const ushort Destination = 1;

    /// <summary>RTA_OIF, s32: the index of the link that it leaves by.</summary>
    public const ushort OutputInterface = 4;

    /// <summary>RTA_GATEWAY, 4 or 16 bytes: the next router, of the route's family.</summary>
    public const ushort Gateway = 5;

    /// <summary>RTA_PRIORITY, u32: the metric.</summary>
    public const ushort Priority = 6;

    /// <summary>RTA_PREFSRC, 4 or 16 bytes: the source address that connections take.</summary>
    public const ushort PreferredSource = 7;

    /// <summary>RTA_METRICS, nest of RTAX_….</summary>
    public const ushort Metrics = 8;

    /// <summary>RTA_MULTIPATH, several struct rtnexthop, each with attributes.</summary>
    public const ushort Multipath = 9;

    /// <summary>RTA_TABLE, u32: the table.</summary>
    public const ushort Table = 15;

    /// <summary>RTA_VIA, u16 and bytes: a next router of another family.</summary>
    public const ushort Via = 18;

    /// <summary>RTAX_MTU, u32, inside RTA_METRICS: the largest packet, in bytes.</summary>
    public const ushort MetricMtu = 2;

    /// <summary>RTAX_ADVMSS, u32, inside RTA_METRICS: the largest TCP segment that is announced to peers, in bytes.</summary>
    public const ushort MetricAdvertisedSegment = 8;
}
