using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>A table as the kernel has it.</summary>
/// <param name="Sets">Its sets and maps.</param>
/// <param name="Chains">Its chains.</param>
/// <param name="Rules">Its rules, in their order within each chain.</param>
/// <param name="ElementsOf">What its sets and maps hold, by their names.</param>
internal sealed record TableContent(
    IReadOnlyDictionary<string, NftSet> Sets,
    IReadOnlyDictionary<string, NftChain> Chains,
    ILookup<string, NftRule> Rules,
    IReadOnlyDictionary<string, TableElement[]> ElementsOf)
{
    /// <summary>What all of its sets and maps hold.</summary>
    public IEnumerable<TableElement> Elements => ElementsOf.Values.SelectMany(static elements => elements);

    /// <summary>Reads a table; null if there is none.</summary>
    /// <exception cref="Netlink.NetlinkException">The kernel refused; ENOENT if a set went meanwhile.</exception>
    public static TableContent? Read(NetfilterSocket netfilter, NftTableId table)
    {
        if (netfilter.TryGetTable(table) is null)
        {
            return null;
        }
        IReadOnlyList<NftSet> sets = netfilter.ListSets(table);
        return new TableContent(
            sets.ToDictionary(set => set.Name, StringComparer.Ordinal),
            netfilter.ListChains(table).ToDictionary(chain => chain.Name, StringComparer.Ordinal),
            netfilter.ListRules(table).ToLookup(rule => rule.Chain, StringComparer.Ordinal),
            sets.ToDictionary(set => set.Name, set => TableElement.OfSet(set, netfilter.ListElements(table, set.Name)), StringComparer.Ordinal));
    }
}
