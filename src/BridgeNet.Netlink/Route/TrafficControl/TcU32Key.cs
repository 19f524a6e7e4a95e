using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct tc_u32_key: 32 bits of a packet as they must be. All zero, it is right of every packet.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcU32Key
{
    /// <summary>mask, u32 in network order: which bits.</summary>
    public uint Mask;

    /// <summary>val, u32 in network order: what they must be.</summary>
    public uint Value;

    /// <summary>off, s32: where they are, in bytes from the network header.</summary>
    public int Offset;

    /// <summary>offmask, s32.</summary>
    public int OffsetMask;
}
