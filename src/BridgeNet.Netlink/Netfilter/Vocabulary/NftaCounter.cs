namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a counter, the expression and the object.</summary>
internal static class NftaCounter
{
    /// <summary>NFTA_COUNTER_BYTES, u64: bytes.</summary>
    public const ushort Bytes = 1;

    /// <summary>NFTA_COUNTER_PACKETS, u64: packets.</summary>
    public const ushort Packets = 2;
}
