namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of a link, as in include/uapi/linux/if_link.h.</summary>
internal static class Ifla
{
    /// <summary>IFLA_ADDRESS, bytes: the link-layer address.</summary>
    public const ushort Address = 1;

    /// <summary>IFLA_IFNAME, string: the name.</summary>
    public const ushort InterfaceName = 3;

    /// <summary>IFLA_MTU, u32: the largest packet that the link takes, in bytes.</summary>
    public const ushort Mtu = 4;

    /// <summary>IFLA_LINK, s32: the index of the other end of a veth, of the link below a vlan or macvlan.</summary>
    public const ushort Link = 5;

    /// <summary>IFLA_MASTER, s32: the index of the bridge that this is a port of; 0 releases it.</summary>
    public const ushort Master = 10;

    /// <summary>IFLA_TXQLEN, u32: the length of the transmit queue, in packets.</summary>
    public const ushort TxQueueLength = 13;

    /// <summary>IFLA_OPERSTATE, u8: the state of RFC 2863.</summary>
    public const ushort OperationalState = 16;

    /// <summary>IFLA_LINKINFO, nest of IFLA_INFO_….</summary>
    public const ushort LinkInfo = 18;

    /// <summary>IFLA_IFALIAS, string: a text for people, up to 255 bytes.</summary>
    public const ushort Alias = 20;

    /// <summary>IFLA_STATS64, struct rtnl_link_stats64.</summary>
    public const ushort Statistics = 23;

    /// <summary>IFLA_AF_SPEC, nest of an attribute per address family.</summary>
    public const ushort FamilySpecific = 26;

    /// <summary>IFLA_GROUP, u32: the group; in RTM_DELLINK all links of it.</summary>
    public const ushort Group = 27;

    /// <summary>IFLA_NET_NS_FD, u32: a descriptor of the network namespace to be in.</summary>
    public const ushort NetworkNamespace = 28;

    /// <summary>IFLA_EXT_MASK, u32: what an answer must contain in addition or instead, as <see cref="RtextFilter"/>.</summary>
    public const ushort ExtendedMask = 29;

    /// <summary>IFLA_NUM_TX_QUEUES, u32: how many transmit queues it has.</summary>
    public const ushort TxQueues = 31;

    /// <summary>IFLA_NUM_RX_QUEUES, u32: how many receive queues it has.</summary>
    public const ushort RxQueues = 32;

    /// <summary>IFLA_CARRIER, u8: whether there is a carrier.</summary>
    public const ushort Carrier = 33;

    /// <summary>IFLA_LINK_NETNSID, s32: the namespace that IFLA_LINK is in, as this namespace numbers it.</summary>
    public const ushort LinkNamespaceId = 37;
}
