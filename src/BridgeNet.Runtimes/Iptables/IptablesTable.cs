using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes;

/// <summary>
/// A table of iptables-nft as it is now, and the changes to it in a transaction. Existing base chains stay as they are, above all their policies.
/// </summary>
internal sealed class IptablesTable
{
    private static readonly (string Name, NftHookPoint Point, int Priority)[] s_nat =
    [
        ("PREROUTING", NftHookPoint.Prerouting, NftPriority.DestinationNat),
        ("INPUT", NftHookPoint.Input, NftPriority.SourceNat),
        ("OUTPUT", NftHookPoint.Output, NftPriority.DestinationNat),
        ("POSTROUTING", NftHookPoint.Postrouting, NftPriority.SourceNat),
    ];

    private static readonly (string Name, NftHookPoint Point, int Priority)[] s_filter =
    [
        ("INPUT", NftHookPoint.Input, NftPriority.Filter),
        ("FORWARD", NftHookPoint.Forward, NftPriority.Filter),
        ("OUTPUT", NftHookPoint.Output, NftPriority.Filter),
    ];

    private readonly NetfilterSocket _netfilter;
    private readonly NftTransaction? _transaction;
    private readonly Dictionary<string, IReadOnlyList<NftRule>> _rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _chains;
    private readonly HashSet<string> _former;
    private readonly List<NftRule> _added = [];

    /// <summary>Reads a table.</summary>
    /// <param name="netfilter">Of the host.</param>
    /// <param name="transaction">Receives the changes; null for a caller that only reads.</param>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="name">nat or filter.</param>
    public IptablesTable(NetfilterSocket netfilter, NftTransaction? transaction, NftFamily family, string name)
    {
        _netfilter = netfilter;
        _transaction = transaction;
        Id = new NftTableId(family, name);
        Exists = netfilter.TryGetTable(Id) is not null;
        _chains = Exists ? [.. netfilter.ListChains(Id).Select(chain => chain.Name)] : [];
        _former = [.. _chains];
    }

    /// <summary>Its family and name.</summary>
    public NftTableId Id { get; }

    /// <summary>Whether it exists.</summary>
    public bool Exists { get; }

    /// <summary>The names of the chains after the transaction.</summary>
    public IReadOnlyCollection<string> Chains => _chains;

    private NftTransaction Changes => _transaction ?? throw new InvalidOperationException($"table {Id} was only to be looked at");

    /// <summary>Makes the table and its base chains if they are missing.</summary>
    public void EnsureBase()
    {
        if (!Exists)
        {
            Changes.AddTable(new NftTable { Id = Id });
        }
        bool isNat = Id.Name is "nat";
        foreach ((string name, NftHookPoint point, int priority) in isNat ? s_nat : s_filter)
        {
            if (_chains.Add(name))
            {
                Changes.AddChain(new NftChain
                {
                    Table = Id,
                    Name = name,
                    Type = isNat ? NftChainType.Nat : NftChainType.Filter,
                    Hook = new NftHook { Point = point, Priority = priority },
                    Policy = NftPolicy.Accept,
                });
            }
        }
    }

    /// <summary>Makes a chain if it is missing.</summary>
    /// <returns>Whether it was missing.</returns>
    public bool EnsureChain(string name)
    {
        bool isMissing = _chains.Add(name);
        if (isMissing)
        {
            Changes.AddChain(new NftChain { Table = Id, Name = name });
        }
        return isMissing;
    }

    /// <summary>Begins a rule.</summary>
    public NftRuleBuilder Rule(string chain) => new(Id, chain);

    /// <summary>Adds a rule behind the others, or behind its position.</summary>
    public void Append(NftRule rule)
    {
        Changes.AddRule(rule);
        _added.Add(rule);
    }

    /// <summary>Adds a rule before the others.</summary>
    public void Insert(NftRule rule)
    {
        Changes.InsertRule(rule);
        _added.Add(rule);
    }

    /// <summary>Adds a rule unless its chain has one that does the same.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="isFirst">Whether it comes before the others.</param>
    public void Ensure(NftRule rule, bool isFirst = false)
    {
        if (After(rule.Chain).Any(other => IptablesRule.IsSame(other, rule)))
        {
            return;
        }
        if (isFirst)
        {
            Insert(rule);
        }
        else
        {
            Append(rule);
        }
    }

    /// <summary>The rules of a chain as they are, without those that the transaction deletes.</summary>
    public IReadOnlyList<NftRule> RulesOf(string chain)
    {
        if (!_rules.TryGetValue(chain, out IReadOnlyList<NftRule>? rules))
        {
            _rules[chain] = rules = _former.Contains(chain) ? _netfilter.ListRules(Id, chain) : [];
        }
        return rules;
    }

    /// <summary>Whether a chain has a jump to another after the transaction.</summary>
    public bool Leads(string chain, string target) => After(chain).Any(rule => string.Equals(TargetOf(rule), target, StringComparison.Ordinal));

    /// <summary>Deletes a chain's rules that match a predicate.</summary>
    public void Delete(string chain, Func<NftRule, bool> isMeant)
    {
        ILookup<bool, NftRule> rules = RulesOf(chain).ToLookup(isMeant);
        foreach (NftRule rule in rules[true])
        {
            Changes.DeleteRule(rule.Table, rule.Chain, rule.Handle.GetValueOrDefault());
        }
        _rules[chain] = [.. rules[false]];
    }

    /// <summary>Empties and deletes a chain; does nothing if there is none. No rule may jump to it any more.</summary>
    public void DeleteChain(string name)
    {
        if (_former.Contains(name) && _chains.Remove(name))
        {
            Flush(name);
            Changes.DeleteChain(Id, name);
        }
    }

    /// <summary>Empties a chain.</summary>
    public void Flush(string name)
    {
        if (_former.Contains(name))
        {
            Changes.FlushChain(Id, name);
            _rules[name] = [];
        }
    }

    /// <summary>The chain that a rule jumps to; null if it is no jump.</summary>
    public static string? TargetOf(NftRule rule) =>
        rule.Expressions.OfType<VerdictExpression>().Select(expression => expression.Verdict.Chain).FirstOrDefault(chain => chain is not null);

    /// <summary>The comment that iptables shows; null if there is none.</summary>
    public static string? CommentOf(NftRule rule) =>
        rule.Expressions.OfType<CompatExpression>().Select(XtExtension.ReadComment).FirstOrDefault(comment => comment is not null);

    private IEnumerable<NftRule> After(string chain) =>
        RulesOf(chain).Concat(_added.Where(rule => string.Equals(rule.Chain, chain, StringComparison.Ordinal)));
}
