namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "payload".</summary>
internal static class NftaPayload
{
    /// <summary>NFTA_PAYLOAD_DREG, u32: where it goes.</summary>
    public const ushort Register = 1;

    /// <summary>NFTA_PAYLOAD_BASE, u32: NFT_PAYLOAD_….</summary>
    public const ushort Base = 2;

    /// <summary>NFTA_PAYLOAD_OFFSET, u32: bytes from the base.</summary>
    public const ushort Offset = 3;

    /// <summary>NFTA_PAYLOAD_LEN, u32: how many bytes.</summary>
    public const ushort Length = 4;

    /// <summary>NFTA_PAYLOAD_SREG, u32: where what is written comes from.</summary>
    public const ushort Source = 5;
}
