namespace BridgeNet.Netlink.Netfilter;

/// <summary>The protocols that a packet must be of before its bytes can be read as theirs.</summary>
internal enum NftProtocolLayer
{
    /// <summary>Any.</summary>
    None,

    /// <summary>An Ethernet header lies before it.</summary>
    Ethernet,

    /// <summary>It is IPv4.</summary>
    IPv4,

    /// <summary>It is IPv6.</summary>
    IPv6,

    /// <summary>It is ARP.</summary>
    Arp,

    /// <summary>It is ICMPv6.</summary>
    IcmpV6,

    /// <summary>It is TCP.</summary>
    Tcp,

    /// <summary>It is UDP.</summary>
    Udp,
}
