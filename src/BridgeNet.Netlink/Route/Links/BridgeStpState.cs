namespace BridgeNet.Netlink.Route;

/// <summary>Who runs a bridge's spanning tree, as in net/bridge/br_private.h.</summary>
public enum BridgeStpState
{
    /// <summary>Nobody: the bridge forwards at once.</summary>
    Off = 0,

    /// <summary>The kernel.</summary>
    Kernel = 1,

    /// <summary>A program.</summary>
    User = 2,
}
