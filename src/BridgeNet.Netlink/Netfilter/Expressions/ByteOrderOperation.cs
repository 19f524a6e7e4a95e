namespace BridgeNet.Netlink.Netfilter;

/// <summary>Which way numbers are turned.</summary>
public enum ByteOrderOperation : uint
{
    /// <summary>NFT_BYTEORDER_NTOH: from network order.</summary>
    NetworkToHost = 0,

    /// <summary>NFT_BYTEORDER_HTON: to network order.</summary>
    HostToNetwork = 1,
}
