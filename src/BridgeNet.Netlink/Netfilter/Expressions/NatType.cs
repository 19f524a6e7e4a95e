namespace BridgeNet.Netlink.Netfilter;

/// <summary>Which end of a packet is translated.</summary>
public enum NatType : uint
{
    /// <summary>NFT_NAT_SNAT: its source.</summary>
    Source = 0,

    /// <summary>NFT_NAT_DNAT: its destination.</summary>
    Destination = 1,
}
