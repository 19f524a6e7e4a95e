namespace BridgeNet.Netlink;

/// <summary>What happened in the kernel.</summary>
public enum NetlinkEventKind
{
    /// <summary>The socket's buffer was full and the kernel dropped events: whoever keeps account has to list everything again.</summary>
    Lost,

    /// <summary>A link came or changed: <see cref="NetlinkEvent.Link"/>.</summary>
    LinkChanged,

    /// <summary>A link went: <see cref="NetlinkEvent.Link"/>.</summary>
    LinkDeleted,

    /// <summary>An address came or changed: <see cref="NetlinkEvent.Address"/>.</summary>
    AddressChanged,

    /// <summary>An address went: <see cref="NetlinkEvent.Address"/>.</summary>
    AddressDeleted,

    /// <summary>A route came or changed: <see cref="NetlinkEvent.Route"/>.</summary>
    RouteChanged,

    /// <summary>A route went: <see cref="NetlinkEvent.Route"/>.</summary>
    RouteDeleted,

    /// <summary>Something came into a table of nf_tables or changed: <see cref="NetlinkEvent.Table"/>.</summary>
    TableChanged,

    /// <summary>A table of nf_tables, or something in it, went: <see cref="NetlinkEvent.Table"/>.</summary>
    TableReduced,

    /// <summary>An nf_tables transaction ended; the events before this one describe it. <see cref="NetlinkEvent.ProcessId"/> made it.</summary>
    RulesetCommitted,

    /// <summary>Whether packets are forwarded changed, or came with a new link: <see cref="NetlinkEvent.Forwarding"/>.</summary>
    ForwardingChanged,
}
