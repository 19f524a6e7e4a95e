namespace BridgeNet.Netlink.Route;

/// <summary>What a route does with a packet, as in include/uapi/linux/rtnetlink.h.</summary>
public enum RouteType : byte
{
    /// <summary>RTN_UNSPEC: any, in a deletion.</summary>
    Unspecified = 0,

    /// <summary>RTN_UNICAST: sends it on.</summary>
    Unicast = 1,

    /// <summary>RTN_LOCAL: takes it in.</summary>
    Local = 2,

    /// <summary>RTN_BROADCAST: takes it in as a broadcast, sends it as one.</summary>
    Broadcast = 3,

    /// <summary>RTN_ANYCAST: takes it in, as one of several hosts.</summary>
    Anycast = 4,

    /// <summary>RTN_MULTICAST: sends it to a group.</summary>
    Multicast = 5,

    /// <summary>RTN_BLACKHOLE: drops it in silence.</summary>
    Blackhole = 6,

    /// <summary>RTN_UNREACHABLE: refuses it, host unreachable.</summary>
    Unreachable = 7,

    /// <summary>RTN_PROHIBIT: refuses it, administratively prohibited.</summary>
    Prohibit = 8,

    /// <summary>RTN_THROW: goes on to the next rule.</summary>
    Throw = 9,
}
