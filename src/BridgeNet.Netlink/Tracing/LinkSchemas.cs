using System.Runtime.CompilerServices;

using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The attributes of link messages.</summary>
internal static class LinkSchemas
{
    /// <summary>What a bridge keeps of a port.</summary>
    public static readonly AttributeSchema BridgePort = new(
        new(IflaBridgePort.State, "IFLA_BRPORT_STATE", AttributeForm.Number),
        new(IflaBridgePort.Priority, "IFLA_BRPORT_PRIORITY", AttributeForm.Number),
        new(IflaBridgePort.Cost, "IFLA_BRPORT_COST", AttributeForm.Number),
        new(IflaBridgePort.Hairpin, "IFLA_BRPORT_MODE", AttributeForm.Number),
        new(IflaBridgePort.BpduGuard, "IFLA_BRPORT_GUARD", AttributeForm.Number),
        new(IflaBridgePort.RootBlock, "IFLA_BRPORT_PROTECT", AttributeForm.Number),
        new(IflaBridgePort.FastLeave, "IFLA_BRPORT_FAST_LEAVE", AttributeForm.Number),
        new(IflaBridgePort.Learning, "IFLA_BRPORT_LEARNING", AttributeForm.Number),
        new(IflaBridgePort.UnicastFlood, "IFLA_BRPORT_UNICAST_FLOOD", AttributeForm.Number),
        new(IflaBridgePort.ProxyArp, "IFLA_BRPORT_PROXYARP", AttributeForm.Number),
        new(IflaBridgePort.MulticastFlood, "IFLA_BRPORT_MCAST_FLOOD", AttributeForm.Number),
        new(IflaBridgePort.BroadcastFlood, "IFLA_BRPORT_BCAST_FLOOD", AttributeForm.Number),
        new(IflaBridgePort.NeighbourSuppression, "IFLA_BRPORT_NEIGH_SUPPRESS", AttributeForm.Number),
        new(IflaBridgePort.Isolated, "IFLA_BRPORT_ISOLATED", AttributeForm.Number),
        new(IflaBridgePort.Locked, "IFLA_BRPORT_LOCKED", AttributeForm.Number));

    /// <summary>What the kind bridge adds to a link.</summary>
    public static readonly AttributeSchema Bridge = new(
        new(IflaBridge.ForwardDelay, "IFLA_BR_FORWARD_DELAY", AttributeForm.Number),
        new(IflaBridge.HelloTime, "IFLA_BR_HELLO_TIME", AttributeForm.Number),
        new(IflaBridge.MaxAge, "IFLA_BR_MAX_AGE", AttributeForm.Number),
        new(IflaBridge.AgeingTime, "IFLA_BR_AGEING_TIME", AttributeForm.Number),
        new(IflaBridge.StpState, "IFLA_BR_STP_STATE", AttributeForm.Number),
        new(IflaBridge.Priority, "IFLA_BR_PRIORITY", AttributeForm.Number),
        new(IflaBridge.VlanFiltering, "IFLA_BR_VLAN_FILTERING", AttributeForm.Number),
        new(IflaBridge.GroupForwardMask, "IFLA_BR_GROUP_FWD_MASK", AttributeForm.Number),
        new(IflaBridge.MulticastSnooping, "IFLA_BR_MCAST_SNOOPING", AttributeForm.Number),
        new(IflaBridge.MulticastQuerier, "IFLA_BR_MCAST_QUERIER", AttributeForm.Number),
        new(IflaBridge.CallIptables, "IFLA_BR_NF_CALL_IPTABLES", AttributeForm.Number),
        new(IflaBridge.CallIp6tables, "IFLA_BR_NF_CALL_IP6TABLES", AttributeForm.Number),
        new(IflaBridge.DefaultVlan, "IFLA_BR_VLAN_DEFAULT_PVID", AttributeForm.Number));

    /// <summary>A link.</summary>
    public static readonly AttributeSchema Link = new(
        new(Ifla.Address, "IFLA_ADDRESS", AttributeForm.Address),
        new(Ifla.InterfaceName, "IFLA_IFNAME", AttributeForm.Text),
        new(Ifla.Mtu, "IFLA_MTU", AttributeForm.Number),
        new(Ifla.Link, "IFLA_LINK", AttributeForm.Signed),
        new(Ifla.Master, "IFLA_MASTER", AttributeForm.Signed),
        new(Ifla.TxQueueLength, "IFLA_TXQLEN", AttributeForm.Number),
        new(Ifla.OperationalState, "IFLA_OPERSTATE", AttributeForm.Number),
        TracedAttribute.Nest(Ifla.LinkInfo, "IFLA_LINKINFO", Information()),
        new(Ifla.Alias, "IFLA_IFALIAS", AttributeForm.Text),
        new(Ifla.Statistics, "IFLA_STATS64", AttributeForm.Bytes),
        TracedAttribute.Nest(Ifla.FamilySpecific, "IFLA_AF_SPEC", AddressFamilies()),
        new(Ifla.Group, "IFLA_GROUP", AttributeForm.Number),
        new(Ifla.NetworkNamespace, "IFLA_NET_NS_FD", AttributeForm.Number),
        new(Ifla.ExtendedMask, "IFLA_EXT_MASK", AttributeForm.Number),
        new(Ifla.TxQueues, "IFLA_NUM_TX_QUEUES", AttributeForm.Number),
        new(Ifla.RxQueues, "IFLA_NUM_RX_QUEUES", AttributeForm.Number),
        new(Ifla.Carrier, "IFLA_CARRIER", AttributeForm.Number),
        new(Ifla.LinkNamespaceId, "IFLA_LINK_NETNSID", AttributeForm.Signed));

    /// <summary>A link in a message of AF_BRIDGE.</summary>
    public static readonly AttributeSchema BridgeLink = new(
        new(Ifla.InterfaceName, "IFLA_IFNAME", AttributeForm.Text),
        TracedAttribute.Nest(Ifla.FamilySpecific, "IFLA_AF_SPEC", new AttributeSchema(
            new(BridgeSpecific.Flags, "IFLA_BRIDGE_FLAGS", AttributeForm.Number),
            new(BridgeSpecific.VlanInfo, "IFLA_BRIDGE_VLAN_INFO", AttributeForm.Bytes))));

    private static AttributeSchema Information() => new(
        new(IflaInfo.Kind, "IFLA_INFO_KIND", AttributeForm.Text),
        TracedAttribute.NestOfKind(IflaInfo.Data, "IFLA_INFO_DATA", IflaInfo.Kind, DataOf),
        new(IflaInfo.SlaveKind, "IFLA_INFO_SLAVE_KIND", AttributeForm.Text),
        TracedAttribute.NestOfKind(
            IflaInfo.SlaveData, "IFLA_INFO_SLAVE_DATA", IflaInfo.SlaveKind, static kind => kind is "bridge" ? BridgePort : null));

    private static AttributeSchema? DataOf(string kind) => kind switch
    {
        "bridge" => Bridge,
        "veth" => new(TracedAttribute.Nest(VethInfo.Peer, "VETH_INFO_PEER", Link) with { HeaderBytes = Unsafe.SizeOf<Ifinfomsg>() }),
        "macvlan" => new(
            new(IflaMacvlan.Mode, "IFLA_MACVLAN_MODE", AttributeForm.Number),
            new(IflaMacvlan.BroadcastQueueLength, "IFLA_MACVLAN_BC_QUEUE_LEN", AttributeForm.Number),
            new(IflaMacvlan.BroadcastCutoff, "IFLA_MACVLAN_BC_CUTOFF", AttributeForm.Number)),
        "ipvlan" => new(new TracedAttribute(IflaIpvlan.Mode, "IFLA_IPVLAN_MODE", AttributeForm.Number)),
        "vrf" => new(new TracedAttribute(IflaVrf.Table, "IFLA_VRF_TABLE", AttributeForm.Number)),
        _ => null,
    };

    /// <summary>The kernel lists IFLA_INET_CONF as an array and takes it as a nest.</summary>
    private static AttributeSchema AddressFamilies() => new(
        TracedAttribute.Nest(RouteFamily.IPv4, "AF_INET", new AttributeSchema(
            new TracedAttribute(IflaInet.Configuration, "IFLA_INET_CONF", AttributeForm.Bytes)
            {
                Schema = new(new TracedAttribute(Ipv4Devconf.ArpNotify, "IPV4_DEVCONF_ARP_NOTIFY", AttributeForm.Number)),
            })),
        TracedAttribute.Nest(RouteFamily.IPv6, "AF_INET6", new AttributeSchema(
            new TracedAttribute(IflaInet6.AddressGeneration, "IFLA_INET6_ADDR_GEN_MODE", AttributeForm.Number))));
}
