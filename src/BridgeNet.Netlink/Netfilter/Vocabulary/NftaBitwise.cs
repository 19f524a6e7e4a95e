namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "bitwise".</summary>
internal static class NftaBitwise
{
    /// <summary>NFTA_BITWISE_SREG, u32: the operand.</summary>
    public const ushort Source = 1;

    /// <summary>NFTA_BITWISE_DREG, u32: where the result goes.</summary>
    public const ushort Target = 2;

    /// <summary>NFTA_BITWISE_LEN, u32: bytes.</summary>
    public const ushort Length = 3;

    /// <summary>NFTA_BITWISE_MASK, nest of NFTA_DATA_…: what it is and-ed with.</summary>
    public const ushort Mask = 4;

    /// <summary>NFTA_BITWISE_XOR, nest of NFTA_DATA_…: what it is xor-ed with thereafter.</summary>
    public const ushort Xor = 5;

    /// <summary>NFTA_BITWISE_OP, u32: NFT_BITWISE_….</summary>
    public const ushort Operation = 6;
}
