namespace BridgeNet.Netlink.Netfilter;

/// <summary>The codes that ICMP and ICMPv6 share.</summary>
public enum IcmpxCode : byte
{
    /// <summary>NFT_REJECT_ICMPX_NO_ROUTE: no route.</summary>
    NoRoute = 0,

    /// <summary>NFT_REJECT_ICMPX_PORT_UNREACH: nobody listens.</summary>
    PortUnreachable = 1,

    /// <summary>NFT_REJECT_ICMPX_HOST_UNREACH: the host does not answer.</summary>
    HostUnreachable = 2,

    /// <summary>NFT_REJECT_ICMPX_ADMIN_PROHIBITED: forbidden.</summary>
    AdminProhibited = 3,
}
