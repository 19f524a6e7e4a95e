using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Changes of rules that are gathered first, and go to the kernel in one transaction.</summary>
internal sealed class RuleChanges
{
    private readonly List<Step> _steps = [];

    private delegate NftTransaction Step(NftTransaction transaction);

    /// <summary>How many there are.</summary>
    public int Count => _steps.Count;

    /// <summary>Makes a table.</summary>
    public void AddTable(NftTable table) => _steps.Add(transaction => transaction.AddTable(table));

    /// <summary>Deletes a table.</summary>
    public void DeleteTable(NftTableId table) => _steps.Add(transaction => transaction.DeleteTable(table));

    /// <summary>Makes a set.</summary>
    public void AddSet(NftSet set) => _steps.Add(transaction => transaction.AddSet(set));

    /// <summary>Makes a chain.</summary>
    public void AddChain(NftChain chain) => _steps.Add(transaction => transaction.AddChain(chain));

    /// <summary>Deletes a chain's rules.</summary>
    public void FlushChain(NftTableId table, string chain) => _steps.Add(transaction => transaction.FlushChain(table, chain));

    /// <summary>Deletes a chain.</summary>
    public void DeleteChain(NftTableId table, string chain) => _steps.Add(transaction => transaction.DeleteChain(table, chain));

    /// <summary>Adds a rule behind the others.</summary>
    public void AddRule(NftRule rule) => _steps.Add(transaction => transaction.AddRule(rule));

    /// <summary>Adds a rule before the others.</summary>
    public void InsertRule(NftRule rule) => _steps.Add(transaction => transaction.InsertRule(rule));

    /// <summary>Deletes a rule.</summary>
    public void DeleteRule(NftRule rule) => _steps.Add(transaction => transaction.DeleteRule(rule.Table, rule.Chain, rule.Handle.GetValueOrDefault()));

    /// <summary>Adds elements.</summary>
    public void AddElements(NftTableId table, string set, NftElement[] elements, bool exclusive = false) =>
        _steps.Add(transaction => transaction.AddElements(table, set, elements, exclusive));

    /// <summary>Deletes elements.</summary>
    public void DeleteElements(NftTableId table, string set, NftElement[] elements) => _steps.Add(transaction => transaction.DeleteElements(table, set, elements));

    /// <summary>Sends them.</summary>
    public void Commit(NftTransaction transaction)
    {
        foreach (Step step in _steps)
        {
            transaction = step(transaction);
        }
        transaction.Commit();
    }
}
