namespace BridgeNet.Netlink.Netfilter;

/// <summary>Where a packet's bytes are counted from.</summary>
public enum PayloadBase : uint
{
    /// <summary>NFT_PAYLOAD_LL_HEADER: the link layer header.</summary>
    LinkHeader = 0,

    /// <summary>NFT_PAYLOAD_NETWORK_HEADER: the IP header.</summary>
    NetworkHeader = 1,

    /// <summary>NFT_PAYLOAD_TRANSPORT_HEADER: the TCP, UDP … header.</summary>
    TransportHeader = 2,

    /// <summary>NFT_PAYLOAD_INNER_HEADER: behind the transport header.</summary>
    InnerHeader = 3,
}
