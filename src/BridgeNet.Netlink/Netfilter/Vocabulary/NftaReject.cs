namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "reject".</summary>
internal static class NftaReject
{
    /// <summary>NFTA_REJECT_TYPE, u32: NFT_REJECT_….</summary>
    public const ushort Type = 1;

    /// <summary>NFTA_REJECT_ICMP_CODE, u8: the ICMP code.</summary>
    public const ushort Code = 2;
}
