namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "fib".</summary>
internal static class NftaFib
{
    /// <summary>NFTA_FIB_DREG, u32: where the result goes.</summary>
    public const ushort Register = 1;

    /// <summary>NFTA_FIB_RESULT, u32: NFT_FIB_RESULT_….</summary>
    public const ushort Result = 2;

    /// <summary>NFTA_FIB_FLAGS, u32: NFTA_FIB_F_….</summary>
    public const ushort Flags = 3;
}
