using System.Net.Sockets;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// netavark's rules in <c>table inet netavark</c>. netavark knows its rules by what they say alone, and two containers may have equal ones: so a rule
/// counts as often as it stands there, and who goes takes one of each.
/// </summary>
internal sealed class NetavarkTable(NetfilterSocket netfilter, NftTransaction transaction) : INetavarkRuleset
{
    /// <summary>In a rule the set of tcp and udp, which nft prints as <c>{ tcp, udp }</c>.</summary>
    public const string DnsProtocols = "__set%d";

    private const string AnonymousSet = "__set";
    private const uint FirstSet = 1;

    private static readonly NftElement[] s_dnsProtocols =
    [
        new() { Key = NftValue.Protocol(ProtocolType.Tcp) }, new() { Key = NftValue.Protocol(ProtocolType.Udp) },
    ];

    /// <summary>The chains whose rules jump to those of networks.</summary>
    private static readonly string[] s_jumpingChains = [NetavarkLayout.Postrouting.Name, NetavarkLayout.Ports.Name];

    private readonly Dictionary<string, List<NftRule>> _there = new(StringComparer.Ordinal);
    private readonly HashSet<string> _chains =
        netfilter.ListChains(NetavarkLayout.Table).Select(chain => chain.Name).ToHashSet(StringComparer.Ordinal);

    private uint _sets = FirstSet;

    /// <inheritdoc/>
    public void Add(NetavarkNetworkRecord network, NetavarkPortRecord ports)
    {
        AddMissing(NetavarkLayout.Chains, [.. NetavarkLayout.Rules.Select(rule => new NetavarkPlacedRule(rule))]);
        AddMissing(NetavarkRules.ChainsOf(network), [.. NetavarkRules.Of(network), .. NetavarkRules.OfNameServer(ports)]);
        Add(NetavarkRules.Of(ports));
    }

    /// <inheritdoc/>
    public void AddMissing(IReadOnlyCollection<NetavarkNetworkRecord> networks, IReadOnlyCollection<NetavarkPortRecord> ports)
    {
        AddMissing(NetavarkLayout.Chains, [.. NetavarkLayout.Rules.Select(rule => new NetavarkPlacedRule(rule))]);
        foreach (NetavarkNetworkRecord network in networks)
        {
            AddMissing(NetavarkRules.ChainsOf(network), NetavarkRules.Of(network));
        }
        AddMissing([], [.. ports.SelectMany(NetavarkRules.OfNameServer).Distinct(), .. ports.SelectMany(NetavarkRules.Of)]);
    }

    /// <inheritdoc/>
    public void Remove(NetavarkNetworkRecord network, NetavarkPortRecord ports, bool sharesNameServer, bool isLast)
    {
        if (_chains.Count == 0)
        {
            return;
        }
        Remove(NetavarkRules.Of(ports));
        if (!sharesNameServer)
        {
            Remove(NetavarkRules.OfNameServer(ports));
        }
        if (isLast)
        {
            Remove(NetavarkRules.Of(network));
            RemoveChains(NetavarkRules.ChainsOf(network));
        }
    }

    /// <summary>Adds chains, and rules that do not stand there as often as here.</summary>
    private void AddMissing(IEnumerable<NftChain> chains, IReadOnlyCollection<NetavarkPlacedRule> rules)
    {
        foreach (NftChain chain in chains.Where(chain => _chains.Add(chain.Name)))
        {
            if (_chains.Count == 1)
            {
                transaction.AddTable(new NftTable { Id = NetavarkLayout.Table });
            }
            transaction.AddChain(chain);
            _there[chain.Name] = [];
        }
        Add(rules.Where(placed => Take(placed.Rule) is null));
    }

    /// <summary>Adds rules, whatever is there.</summary>
    private void Add(IEnumerable<NetavarkPlacedRule> rules)
    {
        foreach (NetavarkPlacedRule placed in rules)
        {
            NftRule rule = WithSets(placed.Rule);
            _ = placed.IsFirst ? transaction.InsertRule(rule) : transaction.AddRule(rule);
        }
    }

    /// <summary>Takes one of each out.</summary>
    private void Remove(IEnumerable<NetavarkPlacedRule> rules)
    {
        foreach (NetavarkPlacedRule placed in rules)
        {
            if (Take(placed.Rule)?.Handle is { } handle)
            {
                transaction.DeleteRule(NetavarkLayout.Table, placed.Rule.Chain, handle);
            }
        }
    }

    /// <summary>Removes chains with all that is in them, and whatever rule still jumps to them.</summary>
    private void RemoveChains(IReadOnlyList<NftChain> chains)
    {
        HashSet<string> going = chains.Select(chain => chain.Name).Where(_chains.Contains).ToHashSet(StringComparer.Ordinal);
        foreach (NftRule rule in s_jumpingChains.SelectMany(There).Where(rule => rule.Expressions.Any(expression => JumpsTo(expression, going))))
        {
            transaction.DeleteRule(NetavarkLayout.Table, rule.Chain, rule.Handle!.Value);
        }
        foreach (string chain in going)
        {
            transaction.FlushChain(NetavarkLayout.Table, chain).DeleteChain(NetavarkLayout.Table, chain);
        }
    }

    /// <summary>One that says the same and was not taken yet; null if there is none.</summary>
    private NftRule? Take(NftRule rule)
    {
        List<NftRule> there = There(rule.Chain);
        int at = there.FindIndex(other => IsAlike(other, rule));
        if (at < 0)
        {
            return null;
        }
        NftRule found = there[at];
        there.RemoveAt(at);
        return found;
    }

    /// <summary>The rules of a chain that were not taken yet.</summary>
    private List<NftRule> There(string chain)
    {
        if (!_there.TryGetValue(chain, out List<NftRule>? there))
        {
            there = _chains.Contains(chain) ? [.. netfilter.ListRules(NetavarkLayout.Table, chain)] : [];
            _there[chain] = there;
        }
        return there;
    }

    /// <summary>A rule that names a set without a name brings it along.</summary>
    private NftRule WithSets(NftRule rule)
    {
        if (!rule.Expressions.Any(expression => expression is LookupExpression))
        {
            return rule;
        }
        uint number = _sets++;
        transaction.AddSet(new NftSet
        {
            Table = NetavarkLayout.Table,
            Name = DnsProtocols,
            KeyTypes = [NftType.Protocol],
            Flags = NftSetFlags.Anonymous | NftSetFlags.Constant,
            Id = number,
        }).AddElements(NetavarkLayout.Table, DnsProtocols, s_dnsProtocols, setId: number);
        return rule with
        {
            Expressions =
                [.. rule.Expressions.Select(expression => expression is LookupExpression lookup ? lookup with { SetId = number } : expression)],
        };
    }

    private static bool JumpsTo(NftExpression expression, HashSet<string> chains) =>
        expression is VerdictExpression { Verdict.Chain: { } chain } && chains.Contains(chain);

    private static bool IsAlike(NftRule one, NftRule other)
    {
        NftExpression[] left = [.. one.Expressions.SelectMany(Plain)], right = [.. other.Expressions.SelectMany(Plain)];
        return left.Length == right.Length && left.Zip(right, IsAlike).All(alike => alike);
    }

    /// <summary>Releases of nft write a range as one expression or as two.</summary>
    private static IEnumerable<NftExpression> Plain(NftExpression expression) => expression is RangeExpression { Invert: false } range
        ?
        [
            new CompareExpression { Register = range.Register, Operator = CompareOperator.GreaterOrEqual, Value = range.From },
            new CompareExpression { Register = range.Register, Operator = CompareOperator.LessOrEqual, Value = range.To },
        ]
        : [expression];

    /// <summary>Of sets without a name the kernel numbers each. netavark's hold tcp and udp, all of them.</summary>
    private static bool IsAlike(NftExpression one, NftExpression other) => one is LookupExpression lookup && other is LookupExpression wanted
        ? lookup.Source == wanted.Source && lookup.Set.StartsWith(AnonymousSet, StringComparison.Ordinal)
        : one.Equals(other);
}
