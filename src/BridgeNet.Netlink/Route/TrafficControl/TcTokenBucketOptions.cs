using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct tc_tbf_qopt: a token bucket.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcTokenBucketOptions
{
    /// <summary>rate, struct tc_ratespec: how fast tokens come.</summary>
    public TcRateSpecification Rate;

    /// <summary>peakrate, struct tc_ratespec: of a second bucket, by which bursts are slowed too; 0 for none.</summary>
    public TcRateSpecification PeakRate;

    /// <summary>limit, u32: how much may wait, in bytes.</summary>
    public uint Limit;

    /// <summary>buffer, u32: the bucket's size, as the time in ticks of 64 ns that the rate takes to fill it.</summary>
    public uint Buffer;

    /// <summary>mtu, u32: the second bucket's size, likewise.</summary>
    public uint PeakBuffer;
}
