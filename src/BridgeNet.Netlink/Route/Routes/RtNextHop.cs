using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct rtnexthop: one of a route's next steps; attributes follow it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RtNextHop
{
    /// <summary>rtnh_len, u16: with its attributes, in bytes.</summary>
    public ushort Length;

    /// <summary>rtnh_flags, u8: RTNH_F_….</summary>
    public byte Flags;

    /// <summary>rtnh_hops, u8: its weight less one.</summary>
    public byte Hops;

    /// <summary>rtnh_ifindex, s32: the link that it leaves by.</summary>
    public int Index;
}
