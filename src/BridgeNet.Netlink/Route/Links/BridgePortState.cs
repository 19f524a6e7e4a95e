namespace BridgeNet.Netlink.Route;

/// <summary>The state of a bridge's port, as in include/uapi/linux/if_bridge.h.</summary>
public enum BridgePortState : byte
{
    /// <summary>BR_STATE_DISABLED: the port or its carrier is down.</summary>
    Disabled = 0,

    /// <summary>BR_STATE_LISTENING: of the spanning tree.</summary>
    Listening = 1,

    /// <summary>BR_STATE_LEARNING: of the spanning tree.</summary>
    Learning = 2,

    /// <summary>BR_STATE_FORWARDING: carries packets.</summary>
    Forwarding = 3,

    /// <summary>BR_STATE_BLOCKING: the spanning tree has another way.</summary>
    Blocking = 4,
}
