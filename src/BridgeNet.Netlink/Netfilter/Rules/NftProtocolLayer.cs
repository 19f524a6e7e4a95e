namespace BridgeNet.Netlink.Netfilter;

/// <summary>The protocols that a packet must be of before its bytes can be read as theirs.</summary>
internal enum NftProtocolLayer
{
    /// <summary>Any.</summary>
    None,

    /// <summary>An Ethernet header lies before it.</summary>
    Ethernet,

    /// <summary>IPv4.</summary>
    IPv4,

    /// <summary>IPv6.</summary>
    IPv6,

    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>UDP.</summary>
    Udp,
}
