using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct tc_u32_sel: which packets; so many struct tc_u32_key follow it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcU32Selector
{
    /// <summary>flags, u8: TC_U32_….</summary>
    public byte Flags;

    /// <summary>offshift, u8.</summary>
    public byte OffsetShift;

    /// <summary>nkeys, u8: how many keys follow.</summary>
    public byte KeyCount;

    /// <summary>offmask, u16 in network order.</summary>
    public ushort OffsetMask;

    /// <summary>off, u16.</summary>
    public ushort Offset;

    /// <summary>offoff, s16.</summary>
    public short OffsetOfOffset;

    /// <summary>hoff, s16.</summary>
    public short HashOffset;

    /// <summary>hmask, u32 in network order.</summary>
    public uint HashMask;
}
