namespace BridgeNet.Netlink.Netfilter;

/// <summary>What a limit counts.</summary>
public enum LimitType : uint
{
    /// <summary>NFT_LIMIT_PKTS: packets.</summary>
    Packets = 0,

    /// <summary>NFT_LIMIT_PKT_BYTES: bytes.</summary>
    Bytes = 1,
}
