using System.Net.Sockets;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// Adds rules to <c>table inet netavark</c> and takes them out, each change in one transaction. netavark knows its rules by what they say alone, and
/// two containers may have equal ones: so a rule counts as often as it stands there, and who goes takes one of each.
/// </summary>
internal static class NetavarkTable
{
    /// <summary>In a rule the set of tcp and udp, which nft prints as <c>{ tcp, udp }</c>.</summary>
    public const string DnsProtocols = "__set%d";

    private const string AnonymousSet = "__set";

    /// <summary>Adds what is missing of networks' rules, and the rules of ports behind those that are there.</summary>
    public static void Add(NetfilterSocket netfilter, NetavarkNetworkRecord network, NetavarkPortRecord ports) => Change(netfilter, change =>
    {
        change.AddMissing(NetavarkLayout.Chains, [.. NetavarkLayout.Rules.Select(rule => new NetavarkPlacedRule(rule))]);
        change.AddMissing(NetavarkRules.ChainsOf(network), [.. NetavarkRules.Of(network), .. NetavarkRules.OfNameServer(ports)]);
        change.Add(NetavarkRules.Of(ports));
    });

    /// <summary>Adds whatever is missing of all networks and ports.</summary>
    public static void AddMissing(
        NetfilterSocket netfilter, IReadOnlyCollection<NetavarkNetworkRecord> networks, IReadOnlyCollection<NetavarkPortRecord> ports) =>
        Change(netfilter, change =>
        {
            change.AddMissing(NetavarkLayout.Chains, [.. NetavarkLayout.Rules.Select(rule => new NetavarkPlacedRule(rule))]);
            foreach (NetavarkNetworkRecord network in networks)
            {
                change.AddMissing(NetavarkRules.ChainsOf(network), NetavarkRules.Of(network));
            }
            change.AddMissing([], [.. ports.SelectMany(NetavarkRules.OfNameServer).Distinct(), .. ports.SelectMany(NetavarkRules.Of)]);
        });

    /// <summary>Takes a container's rules out, and with its last container the network's. What is not there is no error.</summary>
    /// <param name="netfilter">The host's.</param>
    /// <param name="network">The network.</param>
    /// <param name="ports">The container's.</param>
    /// <param name="sharesNameServer">Whether another container needs the rules that lead to the name server.</param>
    /// <param name="isLast">Whether the network has no other container.</param>
    public static void Remove(
        NetfilterSocket netfilter, NetavarkNetworkRecord network, NetavarkPortRecord ports, bool sharesNameServer, bool isLast) =>
        Change(netfilter, change =>
        {
            change.Remove(NetavarkRules.Of(ports));
            if (!sharesNameServer)
            {
                change.Remove(NetavarkRules.OfNameServer(ports));
            }
            if (isLast)
            {
                change.Remove(NetavarkRules.Of(network));
                change.RemoveChains(NetavarkRules.ChainsOf(network));
            }
        });

    private static void Change(NetfilterSocket netfilter, Action<Changing> write) =>
        RulesetRetry.Change(netfilter, transaction => write(new Changing(netfilter, transaction)));

    /// <summary>A change that is being written, and what it looked at.</summary>
    private sealed class Changing(NetfilterSocket netfilter, NftTransaction transaction)
    {
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

        /// <summary>Adds chains, and rules that do not stand there as often as here.</summary>
        public void AddMissing(IEnumerable<NftChain> chains, IReadOnlyCollection<NetavarkPlacedRule> rules)
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
        public void Add(IEnumerable<NetavarkPlacedRule> rules)
        {
            foreach (NetavarkPlacedRule placed in rules)
            {
                NftRule rule = WithSets(placed.Rule);
                _ = placed.IsFirst ? transaction.InsertRule(rule) : transaction.AddRule(rule);
            }
        }

        /// <summary>Takes one of each out.</summary>
        public void Remove(IEnumerable<NetavarkPlacedRule> rules)
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
        public void RemoveChains(IReadOnlyList<NftChain> chains)
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
}
