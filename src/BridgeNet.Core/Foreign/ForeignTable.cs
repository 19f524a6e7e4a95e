using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Foreign;

/// <summary>Somebody else's table, as far as forwarded packets come to it.</summary>
internal sealed record ForeignTable
{
    /// <summary>What it is called.</summary>
    public required NftTableId Id { get; init; }

    /// <summary>Whether it is one of the older iptables, which nf_tables does not show.</summary>
    public bool IsLegacy { get; init; }

    /// <summary>Whether only the program that made it may change it.</summary>
    public bool IsOwned { get; init; }

    /// <summary>Whether packets pass it by for now.</summary>
    public bool IsDormant { get; init; }

    /// <summary>The chains that forwarded packets enter by themselves.</summary>
    public required IReadOnlyList<NftChain> Entrances { get; init; }

    /// <summary>The rules of its chains, by the chain's name.</summary>
    public required ILookup<string, NftRule> Rules { get; init; }

    /// <summary>Those of its sets that can say something of a network's packets, by name.</summary>
    public IReadOnlyDictionary<string, ForeignSet> Sets { get; init; } = new Dictionary<string, ForeignSet>(StringComparer.Ordinal);

    /// <summary>The chains that a packet can come to from one, itself among them, whatever rules ask of it.</summary>
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
