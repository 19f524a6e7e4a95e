namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "limit".</summary>
internal static class NftaLimit
{
    /// <summary>NFTA_LIMIT_RATE, u64: how many in a unit of time.</summary>
    public const ushort Rate = 1;

    /// <summary>NFTA_LIMIT_UNIT, u64: the unit, in seconds.</summary>
    public const ushort Unit = 2;

    /// <summary>NFTA_LIMIT_BURST, u32: how many more at once.</summary>
    public const ushort Burst = 3;

    /// <summary>NFTA_LIMIT_TYPE, u32: NFT_LIMIT_….</summary>
    public const ushort Type = 4;

    /// <summary>NFTA_LIMIT_FLAGS, u32: NFT_LIMIT_F_INV.</summary>
    public const ushort Flags = 5;
}
