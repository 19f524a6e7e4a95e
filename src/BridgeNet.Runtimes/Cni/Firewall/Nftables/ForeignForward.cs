using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>
/// Lets containers through other people's chains at the forward hook that drop what nobody accepted. The rules go to their heads, bear their
/// owner as a comment, and nothing else of those chains is touched.
/// </summary>
internal static class ForeignForward
{
    private const string OurTables = "bridgenet";
    private const CtStateFlags Answers = CtStateFlags.Established | CtStateFlags.Related;

    /// <summary>Lets a container through.</summary>
    public static void Add(NetfilterSocket netfilter, RuleChanges changes, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses)
    {
        foreach (NftTable table in ForeignTables(netfilter))
        {
            foreach (NftChain chain in ForwardChains(netfilter, table.Id))
            {
                IReadOnlyList<NftRule> rules = netfilter.ListRules(table.Id, chain.Name);
                Delete(changes, rules, tag => string.Equals(tag, owner.Tag, StringComparison.Ordinal));
                if (chain.Policy is NftPolicy.Drop || (rules.Count > 0 && EndsIt(rules[^1])))
                {
                    foreach (InterfaceAddress address in addresses.Where(address => Sees(table.Id.Family, address)))
                    {
                        foreach (NftRule rule in RulesOf(chain, address, owner))
                        {
                            changes.InsertRule(rule);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Takes rules of ours away, wherever they are.</summary>
    public static void Remove(NetfilterSocket netfilter, RuleChanges changes, Func<string?, bool> isMeant)
    {
        foreach (NftTable table in ForeignTables(netfilter))
        {
            foreach (NftChain chain in ForwardChains(netfilter, table.Id))
            {
                Delete(changes, netfilter.ListRules(table.Id, chain.Name), isMeant);
            }
        }
    }

    private static IEnumerable<NftTable> ForeignTables(NetfilterSocket netfilter) => netfilter.ListTables()
        .Where(table => table.Id.Family is NftFamily.IPv4 or NftFamily.IPv6 or NftFamily.Inet
            && !table.Flags.HasFlag(NftTableFlags.Owner)
            && !table.Id.Name.StartsWith(OurTables, StringComparison.Ordinal));

    private static IEnumerable<NftChain> ForwardChains(NetfilterSocket netfilter, NftTableId table) =>
        netfilter.ListChains(table).Where(chain => chain is { Type: { } type, Hook.Point: NftHookPoint.Forward } && type == NftChainType.Filter);

    private static bool Sees(NftFamily family, InterfaceAddress address) => family is NftFamily.Inet || family is NftFamily.IPv6 == address.IsIPv6;

    /// <summary>A last rule for whatever comes.</summary>
    private static bool EndsIt(NftRule rule) => rule.Expressions.All(expression => expression is CounterExpression or LogExpression or RejectExpression or VerdictExpression { Verdict.Code: NftVerdictCode.Drop })
        && rule.Expressions.Any(expression => expression is RejectExpression or VerdictExpression);

    /// <summary>What the container sends, answers to it, and what comes by its published ports. Tables of iptables-nft get its own comparison: it reads no other.</summary>
    private static IEnumerable<NftRule> RulesOf(NftChain chain, InterfaceAddress address, CniOwner owner)
    {
        NftField destination = address.IsIPv6 ? NftField.IPv6Destination : NftField.IPv4Destination;
        yield return chain.Rule().Match(address.IsIPv6 ? NftField.IPv6Source : NftField.IPv4Source, address.Address).Counter().Comment(owner.Tag).Accept();
        if (chain.Table.Family is NftFamily.Inet)
        {
            yield return chain.Rule().Match(destination, address.Address).MatchState(Answers).Counter().Comment(owner.Tag).Accept();
            yield return chain.Rule().Match(destination, address.Address).MatchStatus(CtStatusFlags.DestinationNat).Counter().Comment(owner.Tag).Accept();
        }
        else
        {
            CompatExpression state = XtExtension.ConnectionState(Answers | (CtStateFlags)XtConntrack.DestinationNat);
            yield return chain.Rule().Match(destination, address.Address).Add(state).Counter().Comment(owner.Tag).Accept();
        }
    }

    private static void Delete(RuleChanges changes, IEnumerable<NftRule> rules, Func<string?, bool> isMeant)
    {
        foreach (NftRule rule in rules.Where(rule => rule.Handle is not null && rule.Comment is not null && isMeant(rule.Comment)))
        {
            changes.DeleteRule(rule);
        }
    }
}
