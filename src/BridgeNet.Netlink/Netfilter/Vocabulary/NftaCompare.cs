namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "cmp".</summary>
internal static class NftaCompare
{
    /// <summary>NFTA_CMP_SREG, u32: what is compared.</summary>
    public const ushort Register = 1;

    /// <summary>NFTA_CMP_OP, u32: NFT_CMP_….</summary>
    public const ushort Operator = 2;

    /// <summary>NFTA_CMP_DATA, nest of NFTA_DATA_…: what it is compared with.</summary>
    public const ushort Data = 3;
}
