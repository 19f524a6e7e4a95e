using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Foreign;

/// <summary>A foreign table, as far as it sees forwarded packets.</summary>
internal sealed record ForeignTable
{
    /// <summary>Its family and name.</summary>
    public required NftTableId Id { get; init; }

    /// <summary>Whether it is a table of iptables-legacy, which nf_tables does not list.</summary>
    public bool IsLegacy { get; init; }

    /// <summary>Whether only its owner may change it.</summary>
    public bool IsOwned { get; init; }

    /// <summary>Whether it is dormant, so that packets skip it.</summary>
    public bool IsDormant { get; init; }

    /// <summary>Its base chains in the hook forward.</summary>
    public required IReadOnlyList<NftChain> Entrances { get; init; }

    /// <summary>The rules of its chains, by the chain's name.</summary>
    public required ILookup<string, NftRule> Rules { get; init; }

    /// <summary>Its sets that can match a network's packets, by name.</summary>
    public IReadOnlyDictionary<string, ForeignSet> Sets { get; init; } = new Dictionary<string, ForeignSet>(StringComparer.Ordinal);

    /// <summary>A chain and all chains that packets can reach from it, whatever its rules match.</summary>
    public IReadOnlySet<string> ReachableFrom(string chain)
    {
        HashSet<string> reached = new(StringComparer.Ordinal) { chain };
        Stack<string> open = new([chain]);
        while (open.TryPop(out string? next))
        {
            IEnumerable<string> targets = Rules[next].SelectMany(static rule => rule.Expressions).OfType<VerdictExpression>()
                .Select(static expression => expression.Verdict.Chain).OfType<string>();
            foreach (string target in targets.Where(reached.Add))
            {
                open.Push(target);
            }
        }
        return reached;
    }

    /// <inheritdoc/>
    public override string ToString() => !IsLegacy ? $"{Id}"
        : Id.Family is NftFamily.IPv6 ? $"ip6tables-legacy {Id.Name}"
        : $"iptables-legacy {Id.Name}";
}
