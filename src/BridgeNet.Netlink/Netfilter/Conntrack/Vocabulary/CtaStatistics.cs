namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the answer to IPCTNL_MSG_CT_GET_STATS.</summary>
internal static class CtaStatistics
{
    /// <summary>CTA_STATS_GLOBAL_ENTRIES, u32: how many entries the namespace has, in network order.</summary>
    public const ushort Entries = 1;
}
