namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "lookup".</summary>
internal static class NftaLookup
{
    /// <summary>NFTA_LOOKUP_SET, string: the set.</summary>
    public const ushort Set = 1;

    /// <summary>NFTA_LOOKUP_SREG, u32: the key.</summary>
    public const ushort Source = 2;

    /// <summary>NFTA_LOOKUP_DREG, u32: where a map's data goes.</summary>
    public const ushort Target = 3;

    /// <summary>NFTA_LOOKUP_SET_ID, u32: the set's number within the transaction.</summary>
    public const ushort SetId = 4;

    /// <summary>NFTA_LOOKUP_FLAGS, u32: NFT_LOOKUP_F_INV.</summary>
    public const ushort Flags = 5;
}
