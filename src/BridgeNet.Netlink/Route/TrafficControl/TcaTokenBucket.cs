namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of a token bucket, inside TCA_OPTIONS, as in include/uapi/linux/pkt_sched.h.</summary>
internal static class TcaTokenBucket
{
    /// <summary>TCA_TBF_PARMS, struct tc_tbf_qopt.</summary>
    public const ushort Parameters = 1;

    /// <summary>TCA_TBF_RATE64, u64: the rate in bytes per second, where 32 bits do not hold it.</summary>
    public const ushort Rate64 = 4;

    /// <summary>TCA_TBF_BURST, u32: the burst in bytes, instead of the time that it takes. Never dumped.</summary>
    public const ushort Burst = 6;
}
