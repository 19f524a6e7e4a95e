using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>A table as the kernel has it.</summary>
/// <param name="Sets">Its sets and maps.</param>
/// <param name="Chains">Its chains.</param>
/// <param name="Rules">Its rules, in their order within each chain.</param>
/// <param name="Elements">What its sets and maps hold.</param>
internal sealed record TableContent(
    IReadOnlyDictionary<string, NftSet> Sets,
    IReadOnlyDictionary<string, NftChain> Chains,
    ILookup<string, NftRule> Rules,
    IReadOnlyList<TableElement> Elements)
{
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
            [.. sets.SelectMany(set => TableElement.OfSet(set, netfilter.ListElements(table, set.Name)))]);
    }
}
