using System.Runtime.InteropServices;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>What a table lacks of what it is to be, and how it becomes so.</summary>
internal sealed class TableDifference(NftTableId table)
{
    private readonly List<NftSet> _sets = [];
    private readonly List<NftChain> _chains = [];
    private readonly List<(string Chain, NftRule[] Rules)> _rewritten = [];
    private readonly List<TableElement> _missing = [];
    private readonly List<TableElement> _surplus = [];
    private readonly List<string> _findings = [];

    /// <summary>What is wrong, a line each.</summary>
    public IReadOnlyList<string> Findings =>
    [
        .. _findings,
        .. Count("lacked", _missing),
        .. Count("had", _surplus.ExceptBy(_missing.Select(missing => missing.Identity), element => element.Identity)),
    ];

    /// <summary>Whether the kernel cannot change what is there into what is wanted: the table must be made anew.</summary>
    public bool IsBeyondMending { get; private set; }

    /// <summary>The table must be made anew.</summary>
    public void GiveUp(string why)
    {
        IsBeyondMending = true;
        _findings.Insert(0, why);
    }

    /// <summary>A set is missing.</summary>
    public void Add(NftSet set)
    {
        _sets.Add(set);
        _findings.Add($"table {table}: set {set.Name} was gone");
    }

    /// <summary>A chain is missing.</summary>
    public void Add(NftChain chain)
    {
        _chains.Add(chain);
        _findings.Add($"table {table}: chain {chain.Name} was gone");
    }

    /// <summary>A chain has another policy.</summary>
    public void SetPolicy(NftChain chain)
    {
        _chains.Add(chain);
        _findings.Add($"table {table}: chain {chain.Name} had another policy");
    }

    /// <summary>A chain's rules are others.</summary>
    public void Rewrite(string chain, NftRule[] rules, int were)
    {
        _rewritten.Add((chain, rules));
        _findings.Add($"table {table}: chain {chain} had {were} rules that were not its {rules.Length}");
    }

    /// <summary>An element is missing.</summary>
    public void Add(TableElement element) => _missing.Add(element with { IsExclusive = false });

    /// <summary>An element is nobody's, or other than it is to be.</summary>
    public void Remove(TableElement element) => _surplus.Add(element);

    /// <summary>Writes what makes the table what it is to be.</summary>
    public void Mend(NftTransaction transaction)
    {
        foreach (NftSet set in _sets)
        {
            transaction.AddSet(set);
        }
        foreach (NftChain chain in _chains)
        {
            transaction.AddChain(chain);
        }
        foreach ((string chain, NftRule[] rules) in _rewritten)
        {
            transaction.FlushChain(table, chain);
            foreach (NftRule rule in rules)
            {
                transaction.AddRule(rule);
            }
        }
        transaction.DeleteElements(CollectionsMarshal.AsSpan(_surplus)).AddElements(CollectionsMarshal.AsSpan(_missing));
    }

    private IEnumerable<string> Count(string verb, IEnumerable<TableElement> elements) => elements
        .Where(element => !element.Element.IsIntervalEnd) // a range is one thing
        .GroupBy(element => element.Set, StringComparer.Ordinal)
        .Select(set => (Name: set.Key, Count: set.Count(), Kind: verb is "had" ? "stray " : ""))
        .Select(set => $"table {table}: {set.Name} {verb} {set.Count} {set.Kind}{(set.Count == 1 ? "element" : "elements")}");
}
