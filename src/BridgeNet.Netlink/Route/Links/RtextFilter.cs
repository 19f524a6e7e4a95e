namespace BridgeNet.Netlink.Route;

/// <summary>The bits of IFLA_EXT_MASK.</summary>
internal static class RtextFilter
{
    /// <summary>RTEXT_FILTER_SKIP_STATS: without the counters, which are most of an answer and of the kernel's work on it.</summary>
    public const uint SkipStatistics = 1 << 3;
}
