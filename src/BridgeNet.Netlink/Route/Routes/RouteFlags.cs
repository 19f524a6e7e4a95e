namespace BridgeNet.Netlink.Route;

/// <summary>The flags of a route, as in include/uapi/linux/rtnetlink.h; a bit without a name here is kept.</summary>
[Flags]
public enum RouteFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>RTNH_F_DEAD: its link is down. Only read.</summary>
    Dead = 0x01,

    /// <summary>RTNH_F_PERVASIVE: the gateway is looked up in turn.</summary>
    Pervasive = 0x02,

    /// <summary>RTNH_F_ONLINK: the gateway is on the link although no address there says so.</summary>
    OnLink = 0x04,

    /// <summary>RTNH_F_LINKDOWN: its link has no carrier. Only read.</summary>
    LinkDown = 0x10,

    /// <summary>RTM_F_CLONED: the answer to one look-up, not an entry of a table. Only read.</summary>
    Cloned = 0x200,

    /// <summary>RTM_F_LOOKUP_TABLE: in a look-up, say which table answered.</summary>
    LookUpTable = 0x1000,
}
