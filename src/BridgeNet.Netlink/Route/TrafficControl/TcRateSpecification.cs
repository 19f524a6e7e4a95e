using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct tc_ratespec: a rate, and what a packet costs beside its bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcRateSpecification
{
    /// <summary>cell_log, u8: of the rate table.</summary>
    public byte CellLogarithm;

    /// <summary>linklayer, u8: TC_LINKLAYER_….</summary>
    public byte LinkLayer;

    /// <summary>overhead, u16: bytes that each packet has more.</summary>
    public ushort Overhead;

    /// <summary>cell_align, s16: of the rate table.</summary>
    public short CellAlignment;

    /// <summary>mpu, u16: what the smallest packet counts for, in bytes.</summary>
    public ushort MinimumPacket;

    /// <summary>rate, u32: bytes per second; all ones where a 64-bit attribute has it.</summary>
    public uint Rate;
}
