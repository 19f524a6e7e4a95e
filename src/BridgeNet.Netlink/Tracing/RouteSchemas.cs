using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The attributes of the other messages of rtnetlink.</summary>
internal static class RouteSchemas
{
    private const ushort FirstAction = 1;

    /// <summary>An address.</summary>
    public static readonly AttributeSchema Address = new(
        new(Ifa.Address, "IFA_ADDRESS", AttributeForm.Address),
        new(Ifa.Local, "IFA_LOCAL", AttributeForm.Address),
        new(Ifa.Label, "IFA_LABEL", AttributeForm.Text),
        new(Ifa.Broadcast, "IFA_BROADCAST", AttributeForm.Address),
        new(Ifa.CacheInfo, "IFA_CACHEINFO", AttributeForm.Bytes),
        new(Ifa.Flags, "IFA_FLAGS", AttributeForm.Number));

    /// <summary>A neighbour.</summary>
    public static readonly AttributeSchema Neighbour = new(
        new(Nda.Destination, "NDA_DST", AttributeForm.Address),
        new(Nda.LinkLayerAddress, "NDA_LLADDR", AttributeForm.Address),
        new(Nda.Vlan, "NDA_VLAN", AttributeForm.Number),
        new(Nda.InterfaceIndex, "NDA_IFINDEX", AttributeForm.Signed),
        new(Nda.Master, "NDA_MASTER", AttributeForm.Signed));

    /// <summary>A route.</summary>
    public static readonly AttributeSchema Route = new(
        new(Rta.Destination, "RTA_DST", AttributeForm.Address),
        new(Rta.OutputInterface, "RTA_OIF", AttributeForm.Signed),
        new(Rta.Gateway, "RTA_GATEWAY", AttributeForm.Address),
        new(Rta.Priority, "RTA_PRIORITY", AttributeForm.Number),
        new(Rta.PreferredSource, "RTA_PREFSRC", AttributeForm.Address),
        TracedAttribute.Nest(Rta.Metrics, "RTA_METRICS", new AttributeSchema(
            new(Rta.MetricMtu, "RTAX_MTU", AttributeForm.Number),
            new(Rta.MetricAdvertisedSegment, "RTAX_ADVMSS", AttributeForm.Number))),
        new(Rta.Multipath, "RTA_MULTIPATH", AttributeForm.Bytes),
        new(Rta.Table, "RTA_TABLE", AttributeForm.Number),
        new(Rta.Via, "RTA_VIA", AttributeForm.Number));

    /// <summary>A rule that chooses a routing table.</summary>
    public static readonly AttributeSchema Rule = new(
        new(Fra.Destination, "FRA_DST", AttributeForm.Address),
        new(Fra.Source, "FRA_SRC", AttributeForm.Address),
        new(Fra.Priority, "FRA_PRIORITY", AttributeForm.Number),
        new(Fra.SuppressPrefixLength, "FRA_SUPPRESS_PREFIXLEN", AttributeForm.Signed),
        new(Fra.Table, "FRA_TABLE", AttributeForm.Number));

    /// <summary>The number of a namespace.</summary>
    public static readonly AttributeSchema Namespace = new(
        new(Netnsa.NamespaceId, "NETNSA_NSID", AttributeForm.Signed),
        new(Netnsa.Descriptor, "NETNSA_FD", AttributeForm.Number));

    /// <summary>Settings of IP.</summary>
    public static readonly AttributeSchema Settings = new(
        new(Netconfa.InterfaceIndex, "NETCONFA_IFINDEX", AttributeForm.Signed),
        new(Netconfa.Forwarding, "NETCONFA_FORWARDING", AttributeForm.Signed));

    /// <summary>A queueing discipline or a filter.</summary>
    public static readonly AttributeSchema TrafficControl = new(
        new(Tca.Kind, "TCA_KIND", AttributeForm.Text),
        TracedAttribute.NestOfKind(Tca.Options, "TCA_OPTIONS", Tca.Kind, OptionsOf));

    private static readonly AttributeSchema s_action = new(
        new(TcaAction.Kind, "TCA_ACT_KIND", AttributeForm.Text),
        TracedAttribute.NestOfKind(TcaAction.Options, "TCA_ACT_OPTIONS", TcaAction.Kind, static kind => kind is "mirred"
            ? new(new TracedAttribute(TcaMirror.Parameters, "TCA_MIRRED_PARMS", AttributeForm.Bytes))
            : null));

    private static AttributeSchema? OptionsOf(string kind) => kind switch
    {
        "tbf" => new(
            new(TcaTokenBucket.Parameters, "TCA_TBF_PARMS", AttributeForm.Bytes),
            new(TcaTokenBucket.Rate64, "TCA_TBF_RATE64", AttributeForm.Number),
            new(TcaTokenBucket.Burst, "TCA_TBF_BURST", AttributeForm.Number)),
        "u32" => new(
            new(TcaU32.Selector, "TCA_U32_SEL", AttributeForm.Bytes),
            TracedAttribute.Nest(TcaU32.Actions, "TCA_U32_ACT", new AttributeSchema(TracedAttribute.Nest(FirstAction, "action 1", s_action)))),
        _ => null,
    };
}
