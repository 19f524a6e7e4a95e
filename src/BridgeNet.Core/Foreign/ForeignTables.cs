using BridgeNet.Native;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Foreign;

/// <summary>Reads the foreign tables that see forwarded packets.</summary>
internal static class ForeignTables
{
    /// <summary>How the names of our own tables begin.</summary>
    private const string Ours = "bridgenet";

    /// <summary>The tables of nf_tables, including those of iptables-nft.</summary>
    /// <param name="netfilter">Of the host's namespace.</param>
    /// <param name="needsSets">Whether to read their sets too; a caller that only looks for its own rules needs none.</param>
    /// <exception cref="Netlink.NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<ForeignTable> Read(NetfilterSocket netfilter, bool needsSets = true)
    {
        List<ForeignTable> tables = []; // no query: every attach runs this, mostly with no table
        foreach (NftTable table in netfilter.ListTables())
        {
            if (table.Id.Family is NftFamily.IPv4 or NftFamily.IPv6 or NftFamily.Inet
                && !table.Id.Name.StartsWith(Ours, StringComparison.Ordinal)
                && Entrances(netfilter.ListChains(table.Id)) is { Length: > 0 } entrances)
            {
                tables.Add(Read(netfilter, table, entrances, needsSets));
            }
        }
        return tables;
    }

    /// <summary>
    /// The tables of iptables-legacy in the calling thread's network namespace. None if the caller may not read them, which does not mean that there
    /// are none.
    /// </summary>
    public static IReadOnlyList<ForeignTable> ReadLegacy()
    {
        try
        {
            List<ForeignTable> tables = [];
            foreach (LegacyTable table in LegacyTable.Read())
            {
                if (Entrances(table.Chains) is { Length: > 0 } entrances)
                {
                    tables.Add(new ForeignTable
                    {
                        Id = table.Id,
                        IsLegacy = true,
                        Entrances = entrances,
                        Rules = table.Rules.ToLookup(static rule => rule.Chain, StringComparer.Ordinal),
                    });
                }
            }
            return tables;
        }
        catch (KernelException error) when (error.Errno is Errno.EPERM or Errno.ENOENT or Errno.ENOPROTOOPT)
        {
            return [];
        }
    }

    private static NftChain[] Entrances(IEnumerable<NftChain> chains) => [.. chains.Where(static chain => chain.Hook?.Point is NftHookPoint.Forward)];

    private static ForeignTable Read(NetfilterSocket netfilter, NftTable table, NftChain[] entrances, bool needsSets)
    {
        IReadOnlyList<NftRule> rules = netfilter.ListRules(table.Id);
        HashSet<string> used = !needsSets ? [] : rules.SelectMany(static rule => rule.Expressions).OfType<LookupExpression>()
            .Select(static lookup => lookup.Set).ToHashSet(StringComparer.Ordinal);
        IEnumerable<NftSet> telling = used.Count == 0
            ? []
            : netfilter.ListSets(table.Id).Where(set => used.Contains(set.Name) && ForeignSet.IsTelling(set));
        return new ForeignTable
        {
            Id = table.Id,
            IsOwned = table.Flags.HasFlag(NftTableFlags.Owner),
            IsDormant = table.Flags.HasFlag(NftTableFlags.Dormant),
            Entrances = entrances,
            Rules = rules.ToLookup(static rule => rule.Chain, StringComparer.Ordinal),
            Sets = telling.ToDictionary(
                static set => set.Name, set => new ForeignSet(set, netfilter.ListElements(table.Id, set.Name)), StringComparer.Ordinal),
        };
    }
}
