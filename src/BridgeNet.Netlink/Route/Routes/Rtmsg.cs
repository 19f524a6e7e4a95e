using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct rtmsg: the header of route messages.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Rtmsg
{
    /// <summary>rtm_family, u8: AF_INET or AF_INET6.</summary>
    public byte Family;

    /// <summary>rtm_dst_len, u8: the destination's prefix, in bits.</summary>
    public byte DestinationLength;

    /// <summary>rtm_src_len, u8: the source's prefix, in bits.</summary>
    public byte SourceLength;

    /// <summary>rtm_tos, u8: type of service.</summary>
    public byte TypeOfService;

    /// <summary>rtm_table, u8: RT_TABLE_…; where RTA_TABLE is there, that counts.</summary>
    public byte Table;

    /// <summary>rtm_protocol, u8: RTPROT_….</summary>
    public RouteProtocol Protocol;

    /// <summary>rtm_scope, u8: RT_SCOPE_….</summary>
    public RouteScope Scope;

    /// <summary>rtm_type, u8: RTN_….</summary>
    public RouteType Type;

    /// <summary>rtm_flags, u32: RTNH_F_… and RTM_F_….</summary>
    public RouteFlags Flags;
}
