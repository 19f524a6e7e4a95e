namespace BridgeNet.Netlink.Netfilter;

/// <summary>The kinds of address that routing knows, of rtnetlink(7).</summary>
public enum FibAddressType : uint
{
    /// <summary>RTN_UNSPEC: unknown.</summary>
    Unspecified = 0,

    /// <summary>RTN_UNICAST: one host.</summary>
    Unicast = 1,

    /// <summary>RTN_LOCAL: an address of this host.</summary>
    Local = 2,

    /// <summary>RTN_BROADCAST: all of a subnet.</summary>
    Broadcast = 3,

    /// <summary>RTN_ANYCAST: any of several.</summary>
    Anycast = 4,

    /// <summary>RTN_MULTICAST: a group.</summary>
    Multicast = 5,

    /// <summary>RTN_BLACKHOLE: dropped.</summary>
    Blackhole = 6,

    /// <summary>RTN_UNREACHABLE: refused.</summary>
    Unreachable = 7,

    /// <summary>RTN_PROHIBIT: refused by policy.</summary>
    Prohibited = 8,
}
