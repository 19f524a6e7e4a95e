using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The attributes of connection-tracking messages.</summary>
internal static class ConntrackSchemas
{
    private static readonly AttributeSchema s_tuple = new(
        TracedAttribute.Nest(CtaTuple.Addresses, "CTA_TUPLE_IP", new AttributeSchema(
            new(CtaIP.IPv4Source, "CTA_IP_V4_SRC", AttributeForm.Address),
            new(CtaIP.IPv4Destination, "CTA_IP_V4_DST", AttributeForm.Address),
            new(CtaIP.IPv6Source, "CTA_IP_V6_SRC", AttributeForm.Address),
            new(CtaIP.IPv6Destination, "CTA_IP_V6_DST", AttributeForm.Address))),
        TracedAttribute.Nest(CtaTuple.Protocol, "CTA_TUPLE_PROTO", new AttributeSchema(
            new(CtaProtocol.Number, "CTA_PROTO_NUM", AttributeForm.NetworkNumber),
            new(CtaProtocol.SourcePort, "CTA_PROTO_SRC_PORT", AttributeForm.NetworkNumber),
            new(CtaProtocol.DestinationPort, "CTA_PROTO_DST_PORT", AttributeForm.NetworkNumber))));

    /// <summary>A tracked connection.</summary>
    public static readonly AttributeSchema Entry = new(
        TracedAttribute.Nest(Cta.Original, "CTA_TUPLE_ORIG", s_tuple),
        TracedAttribute.Nest(Cta.Reply, "CTA_TUPLE_REPLY", s_tuple),
        new(Cta.Status, "CTA_STATUS", AttributeForm.NetworkNumber),
        new(Cta.Timeout, "CTA_TIMEOUT", AttributeForm.NetworkNumber),
        new(Cta.Mark, "CTA_MARK", AttributeForm.NetworkNumber),
        new(Cta.Id, "CTA_ID", AttributeForm.NetworkNumber),
        new(Cta.Zone, "CTA_ZONE", AttributeForm.NetworkNumber),
        TracedAttribute.Nest(Cta.Filter, "CTA_FILTER", new AttributeSchema(
            new(CtaFilter.OriginalParts, "CTA_FILTER_ORIG_FLAGS", AttributeForm.Number),
            new(CtaFilter.ReplyParts, "CTA_FILTER_REPLY_FLAGS", AttributeForm.Number))));

    /// <summary>How many connections are tracked.</summary>
    public static readonly AttributeSchema Statistics = new(
        new TracedAttribute(CtaStatistics.Entries, "CTA_STATS_GLOBAL_ENTRIES", AttributeForm.NetworkNumber));
}
