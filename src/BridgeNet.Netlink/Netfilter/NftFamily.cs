namespace BridgeNet.Netlink.Netfilter;

/// <summary>Which packets a table sees: nfgen_family.</summary>
public enum NftFamily : byte
{
    /// <summary>NFPROTO_INET: IPv4 and IPv6.</summary>
    Inet = 1,

    /// <summary>NFPROTO_IPV4: IPv4.</summary>
    IPv4 = 2,

    /// <summary>NFPROTO_ARP: ARP.</summary>
    Arp = 3,

    /// <summary>NFPROTO_NETDEV: all that comes in by, or leaves by, named devices.</summary>
    Netdev = 5,

    /// <summary>NFPROTO_BRIDGE: what bridges pass on.</summary>
    Bridge = 7,

    /// <summary>NFPROTO_IPV6: IPv6.</summary>
    IPv6 = 10,
}
