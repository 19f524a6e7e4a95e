namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "byteorder".</summary>
internal static class NftaByteOrder
{
    /// <summary>NFTA_BYTEORDER_SREG, u32: the operand.</summary>
    public const ushort Source = 1;

    /// <summary>NFTA_BYTEORDER_DREG, u32: where the result goes.</summary>
    public const ushort Target = 2;

    /// <summary>NFTA_BYTEORDER_OP, u32: NFT_BYTEORDER_….</summary>
    public const ushort Operation = 3;

    /// <summary>NFTA_BYTEORDER_LEN, u32: bytes.</summary>
    public const ushort Length = 4;

    /// <summary>NFTA_BYTEORDER_SIZE, u32: the bytes of one number.</summary>
    public const ushort Size = 5;
}
