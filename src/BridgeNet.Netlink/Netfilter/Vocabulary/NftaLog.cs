namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "log".</summary>
internal static class NftaLog
{
    /// <summary>NFTA_LOG_GROUP, u16: the netlink group that gets it.</summary>
    public const ushort Group = 1;

    /// <summary>NFTA_LOG_PREFIX, string: what each line begins with.</summary>
    public const ushort Prefix = 2;

    /// <summary>NFTA_LOG_SNAPLEN, u32: how many bytes of the packet.</summary>
    public const ushort SnapLength = 3;

    /// <summary>NFTA_LOG_QTHRESHOLD, u16: how many wait until they are sent.</summary>
    public const ushort QueueThreshold = 4;

    /// <summary>NFTA_LOG_LEVEL, u32: NFT_LOGLEVEL_….</summary>
    public const ushort Level = 5;

    /// <summary>NFTA_LOG_FLAGS, u32: NF_LOG_….</summary>
    public const ushort Flags = 6;
}
