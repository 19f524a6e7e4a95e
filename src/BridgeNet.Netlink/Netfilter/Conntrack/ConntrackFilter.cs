namespace BridgeNet.Netlink.Netfilter;

/// <summary>Selects connections by some of their properties, such as all connections to a port, from any client.</summary>
public sealed record ConntrackFilter
{
    /// <summary><see cref="NftFamily.IPv4"/> or <see cref="NftFamily.IPv6"/>.</summary>
    public required NftFamily Family { get; init; }

    /// <summary>What the first packet must have before translation; null for anything.</summary>
    public ConntrackTupleFilter? Original { get; init; }

    /// <summary>What the answers must have, which shows the translation of the first packet; null for anything.</summary>
    public ConntrackTupleFilter? Reply { get; init; }

    /// <summary>
    /// Whether the kernel can be told to delete what this means and surely deletes nothing else. Old kernels skip CTA_FILTER, newer ones have
    /// faults in it, and a DELETE that is misread ends the connections of the whole host.
    /// </summary>
    /// <remarks>
    /// Read in net/netfilter/nf_conntrack_netlink.c of the versions named, and tried where said:
    /// <list type="bullet">
    /// <item>
    /// A kernel before 5.8 does not know CTA_FILTER, and a DELETE without CTA_TUPLE_ORIG and CTA_TUPLE_REPLY empties the table. So there is
    /// always a tuple. From 5.8 to 6.11 such a DELETE is refused with EOPNOTSUPP.
    /// </item>
    /// <item>
    /// All before 6.12 (commit 1ef7f50ccc6e) take CTA_TUPLE_ORIG, or without it CTA_TUPLE_REPLY, for one connection's whole tuple: EINVAL if
    /// it lacks an address. With both addresses they may find a connection, and would not look at the other tuple. So the first tuple always
    /// lacks an address.
    /// </item>
    /// <item>
    /// IPv6 addresses are compared the wrong way round: what has the address is left out and all else is meant (tried on 6.18). So IPv6
    /// addresses are never sent.
    /// </item>
    /// <item>
    /// Ports of protocols other than TCP and UDP are not compared: one SCTP port means all of SCTP (tried on 6.18). So they are never sent.
    /// </item>
    /// </list>
    /// </remarks>
    internal bool CanBeFlushed =>
        (Original ?? Reply) is { } first
        && (first.Source is null || first.Destination is null)
        && ConntrackFilterCodec.IsTrusted(Family, Original)
        && ConntrackFilterCodec.IsTrusted(Family, Reply);

    /// <summary>Whether a connection matches.</summary>
    public bool Matches(ConntrackEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return ConntrackCodec.FamilyOf(entry.Original) == Family
            && (Original is null || Original.Matches(entry.Original))
            && (Reply is null || Reply.Matches(entry.Reply));
    }

    /// <summary>Refuses a filter that can match nothing.</summary>
    /// <exception cref="ArgumentException">Neither family, an address of the other family, or a port without a protocol.</exception>
    internal static void Validate(ConntrackFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Family is not (NftFamily.IPv4 or NftFamily.IPv6))
        {
            throw new ArgumentException($"{filter.Family} is not the family of a connection", nameof(filter));
        }
        ConntrackTupleFilter.Validate(filter.Family, filter.Original);
        ConntrackTupleFilter.Validate(filter.Family, filter.Reply);
    }
}
