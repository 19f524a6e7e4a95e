namespace BridgeNet.Netlink.Netfilter;

/// <summary>How a packet is refused.</summary>
public enum RejectType : uint
{
    /// <summary>NFT_REJECT_ICMP_UNREACH: ICMP or ICMPv6 unreachable, with a code of theirs.</summary>
    IcmpUnreachable = 0,

    /// <summary>NFT_REJECT_TCP_RST: a TCP reset.</summary>
    TcpReset = 1,

    /// <summary>NFT_REJECT_ICMPX_UNREACH: the unreachable of the packet's own family, with a code of IcmpxCode.</summary>
    IcmpxUnreachable = 2,
}
