using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink;

/// <summary>Something that happened in the kernel. What does not belong to its <see cref="Kind"/> is null.</summary>
public sealed record NetlinkEvent
{
    /// <summary>What happened.</summary>
    public required NetlinkEventKind Kind { get; init; }

    /// <summary>The link as it is now, or as it was before its deletion.</summary>
    public Link? Link { get; init; }

    /// <summary>The address.</summary>
    public LinkAddress? Address { get; init; }

    /// <summary>The route.</summary>
    public IPRoute? Route { get; init; }

    /// <summary>Whether packets that come by a link, or by links in general, are forwarded (net.ipv4.ip_forward and its kin).</summary>
    public bool? Forwarding { get; init; }

    /// <summary>The index of the link whose <see cref="Forwarding"/> it is; null if it is that of all links, or of links to come.</summary>
    public int? ForwardingLink { get; init; }

    /// <summary>The table of nf_tables.</summary>
    public NftTableId? Table { get; init; }

    /// <summary>The generation of the ruleset after a transaction.</summary>
    public uint? Generation { get; init; }

    /// <summary>The process that made a transaction, by its number in the first process namespace that the kernel knows.</summary>
    public int? ProcessId { get; init; }

    /// <summary>That process's name, as nft or firewalld.</summary>
    public string? ProcessName { get; init; }
}
