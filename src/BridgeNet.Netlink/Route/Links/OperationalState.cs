namespace BridgeNet.Netlink.Route;

/// <summary>The state of a link by RFC 2863, as in include/uapi/linux/if.h.</summary>
public enum OperationalState : byte
{
    /// <summary>IF_OPER_UNKNOWN: the driver does not say, as the loopback's.</summary>
    Unknown = 0,

    /// <summary>IF_OPER_NOTPRESENT: the hardware is missing.</summary>
    NotPresent = 1,

    /// <summary>IF_OPER_DOWN: no carrier, or not up.</summary>
    Down = 2,

    /// <summary>IF_OPER_LOWERLAYERDOWN: a link below is down; a veth whose other end is.</summary>
    LowerLayerDown = 3,

    /// <summary>IF_OPER_TESTING: under test.</summary>
    Testing = 4,

    /// <summary>IF_OPER_DORMANT: waits for something outside, such as 802.1X.</summary>
    Dormant = 5,

    /// <summary>IF_OPER_UP: carries packets.</summary>
    Up = 6,
}
