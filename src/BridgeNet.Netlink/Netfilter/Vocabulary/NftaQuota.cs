namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a quota.</summary>
internal static class NftaQuota
{
    /// <summary>NFTA_QUOTA_BYTES, u64: how many it has.</summary>
    public const ushort Bytes = 1;

    /// <summary>NFTA_QUOTA_FLAGS, u32: NFT_QUOTA_F_….</summary>
    public const ushort Flags = 2;

    /// <summary>NFTA_QUOTA_CONSUMED, u64: how many are used up.</summary>
    public const ushort Consumed = 4;
}
