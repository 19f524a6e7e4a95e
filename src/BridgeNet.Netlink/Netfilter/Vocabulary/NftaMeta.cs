namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "meta".</summary>
internal static class NftaMeta
{
    /// <summary>NFTA_META_DREG, u32: where what was loaded goes.</summary>
    public const ushort Target = 1;

    /// <summary>NFTA_META_KEY, u32: NFT_META_….</summary>
    public const ushort Key = 2;

    /// <summary>NFTA_META_SREG, u32: where what is set comes from.</summary>
    public const ushort Source = 3;
}
