namespace BridgeNet.Netlink.Route;

/// <summary>How an ipvlan and its parent share the work, as in include/uapi/linux/if_link.h.</summary>
public enum IpvlanMode
{
    /// <summary>IPVLAN_MODE_L2: the ipvlan's namespace resolves and routes; broadcasts and multicasts reach it.</summary>
    Layer2 = 0,

    /// <summary>IPVLAN_MODE_L3: the parent's namespace routes; no broadcast or multicast reaches the ipvlan.</summary>
    Layer3 = 1,

    /// <summary>IPVLAN_MODE_L3S: as <see cref="Layer3"/>, and packets pass the packet rules of the parent's namespace.</summary>
    Layer3Symmetric = 2,
}
