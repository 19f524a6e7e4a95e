namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "range".</summary>
internal static class NftaRange
{
    /// <summary>NFTA_RANGE_SREG, u32: what is compared.</summary>
    public const ushort Register = 1;

    /// <summary>NFTA_RANGE_OP, u32: NFT_RANGE_….</summary>
    public const ushort Operator = 2;

    /// <summary>NFTA_RANGE_FROM_DATA, nest of NFTA_DATA_…: the first.</summary>
    public const ushort From = 3;

    /// <summary>NFTA_RANGE_TO_DATA, nest of NFTA_DATA_…: the last.</summary>
    public const ushort To = 4;
}
