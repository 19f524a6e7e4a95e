namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a verdict.</summary>
internal static class NftaVerdict
{
    /// <summary>NFTA_VERDICT_CODE, s32: NF_… or NFT_….</summary>
    public const ushort Code = 1;

    /// <summary>NFTA_VERDICT_CHAIN, string: where to jump or go.</summary>
    public const ushort Chain = 2;
}
