namespace BridgeNet.Netlink.Route;

/// <summary>What IFLA_AF_SPEC holds in messages of AF_BRIDGE, as in include/uapi/linux/if_bridge.h.</summary>
internal static class BridgeSpecific
{
    /// <summary>IFLA_BRIDGE_FLAGS, u16: whether the message is for the bridge or for its port.</summary>
    public const ushort Flags = 0;

    /// <summary>IFLA_BRIDGE_VLAN_INFO, struct bridge_vlan_info.</summary>
    public const ushort VlanInfo = 2;

    /// <summary>BRIDGE_FLAGS_SELF: it is for the bridge itself.</summary>
    public const ushort Self = 2;

    /// <summary>BRIDGE_VLAN_INFO_PVID: untagged frames belong to this VLAN.</summary>
    public const ushort VlanPvid = 1 << 1;

    /// <summary>BRIDGE_VLAN_INFO_UNTAGGED: it leaves without a tag.</summary>
    public const ushort VlanUntagged = 1 << 2;

    /// <summary>BRIDGE_VLAN_INFO_RANGE_BEGIN: the first of a range.</summary>
    public const ushort VlanRangeBegin = 1 << 3;

    /// <summary>BRIDGE_VLAN_INFO_RANGE_END: the last of a range.</summary>
    public const ushort VlanRangeEnd = 1 << 4;
}
