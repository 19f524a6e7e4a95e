namespace BridgeNet.Netlink.Route;

/// <summary>What the macvlans of one parent are to each other, as in include/uapi/linux/if_link.h.</summary>
public enum MacvlanMode
{
    /// <summary>None; a macvlan has always one of the others.</summary>
    None = 0,

    /// <summary>MACVLAN_MODE_PRIVATE: they do not reach each other.</summary>
    Private = 1,

    /// <summary>MACVLAN_MODE_VEPA: they reach each other by a switch that sends packets back to where they came from.</summary>
    Vepa = 2,

    /// <summary>MACVLAN_MODE_BRIDGE: they reach each other.</summary>
    Bridge = 4,

    /// <summary>MACVLAN_MODE_PASSTHRU: there is one, and it has the parent's MAC address.</summary>
    Passthrough = 8,

    /// <summary>MACVLAN_MODE_SOURCE: each hears only listed senders.</summary>
    Source = 16,
}
