namespace BridgeNet.Netlink.Netfilter;

/// <summary>The flags and operations inside expressions that records say with a bool, or not at all.</summary>
internal static class NftExpressionBits
{
    /// <summary>NFT_LOOKUP_F_INV, u32: go on if the key is not there.</summary>
    public const uint LookupInverted = 1;

    /// <summary>NFT_LIMIT_F_INV, u32: go on above the rate.</summary>
    public const uint LimitInverted = 1;

    /// <summary>NFT_QUOTA_F_INV, u32: match from when the bytes are used up.</summary>
    public const uint QuotaInverted = 1;

    /// <summary>NFT_RANGE_NEQ, u32: go on outside of the range.</summary>
    public const uint RangeNotEqual = 1;

    /// <summary>NFT_BITWISE_MASK_XOR, u32: the only operation known here; shifts are another form.</summary>
    public const uint BitwiseMaskXor = 0;
}
