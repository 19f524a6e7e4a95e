namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "ct".</summary>
internal static class NftaCt
{
    /// <summary>NFTA_CT_DREG, u32: where what was loaded goes.</summary>
    public const ushort Target = 1;

    /// <summary>NFTA_CT_KEY, u32: NFT_CT_….</summary>
    public const ushort Key = 2;

    /// <summary>NFTA_CT_DIRECTION, u8: IP_CT_DIR_….</summary>
    public const ushort Direction = 3;

    /// <summary>NFTA_CT_SREG, u32: where what is set comes from.</summary>
    public const ushort Source = 4;
}
