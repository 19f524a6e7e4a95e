namespace BridgeNet.Netlink.Route;

/// <summary>The attributes inside a bridge's IFLA_INFO_DATA.</summary>
internal static class IflaBridge
{
    /// <summary>IFLA_BR_FORWARD_DELAY, u32: in 1/100 s.</summary>
    public const ushort ForwardDelay = 1;

    /// <summary>IFLA_BR_HELLO_TIME, u32: in 1/100 s.</summary>
    public const ushort HelloTime = 2;

    /// <summary>IFLA_BR_MAX_AGE, u32: in 1/100 s.</summary>
    public const ushort MaxAge = 3;

    /// <summary>IFLA_BR_AGEING_TIME, u32: in 1/100 s.</summary>
    public const ushort AgeingTime = 4;

    /// <summary>IFLA_BR_STP_STATE, u32: 0 off, 1 in the kernel, 2 by a program.</summary>
    public const ushort StpState = 5;

    /// <summary>IFLA_BR_PRIORITY, u16: of the spanning tree.</summary>
    public const ushort Priority = 6;

    /// <summary>IFLA_BR_VLAN_FILTERING, u8: 0 or 1.</summary>
    public const ushort VlanFiltering = 7;

    /// <summary>IFLA_BR_GROUP_FWD_MASK, u16: bit X forwards 01:80:c2:00:00:0X.</summary>
    public const ushort GroupForwardMask = 9;

    /// <summary>IFLA_BR_MCAST_SNOOPING, u8: 0 or 1.</summary>
    public const ushort MulticastSnooping = 23;

    /// <summary>IFLA_BR_MCAST_QUERIER, u8: 0 or 1.</summary>
    public const ushort MulticastQuerier = 25;

    /// <summary>IFLA_BR_NF_CALL_IPTABLES, u8: 0 or 1.</summary>
    public const ushort CallIptables = 36;

    /// <summary>IFLA_BR_NF_CALL_IP6TABLES, u8: 0 or 1.</summary>
    public const ushort CallIp6tables = 37;

    /// <summary>IFLA_BR_VLAN_DEFAULT_PVID, u16: the VLAN of untagged frames; 0 for none.</summary>
    public const ushort DefaultVlan = 39;
}
