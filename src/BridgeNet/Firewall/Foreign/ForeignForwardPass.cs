using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>
/// Two rules at the head of each foreign chain that stops a network's packets: they accept what comes from its bridge and what goes to it; of an
/// internal network one, for what does both. BridgeNet adds them only on request. Their comment is the network's id, and only rules with that comment
/// are deleted again.
/// </summary>
internal static class ForeignForwardPass
{
    private const string Maker = "bridgenet ";

    private static readonly NftField[][] s_either = [[NftField.OutputInterface], [NftField.InputInterface]];
    private static readonly NftField[][] s_both = [[NftField.InputInterface, NftField.OutputInterface]];

    /// <summary>Lets a network's packets pass, in one transaction. It does nothing where that is done already.</summary>
    /// <param name="netfilter">The host's.</param>
    /// <param name="bridge">The network's bridge.</param>
    /// <param name="network">The network's id.</param>
    /// <returns>Chains of nf_tables that still stop them, because only their owner may change them.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<ForeignObstacle> Open(NetfilterSocket netfilter, ForwardedBridge bridge, string network)
    {
        bool isStopped = RulesetRetry.Run(netfilter, generation =>
        {
            IReadOnlyList<ForeignObstacle> obstacles = ForeignObstacle.Find(ForeignTables.Read(netfilter), bridge);
            NftTransaction transaction = netfilter.Transaction(generation);
            IEnumerable<(ForeignTable, string)> chains = obstacles
                .Where(static one => !one.Table.IsOwned)
                .Select(static one => (one.Table, ChainOf(one)))
                .Distinct();
            foreach ((ForeignTable table, string chain) in chains)
            {
                ForeignRules.Delete(transaction, table.Rules[chain], IsOf(network)); // if other rules have since come before them
                foreach (NftField[] interfaces in bridge.IsInternal ? s_both : s_either)
                {
                    transaction.InsertRule(Rule(table, chain, network, interfaces, bridge));
                }
            }
            transaction.Commit();
            return obstacles.Count > 0;
        });
        return isStopped ? RulesetRetry.Run(netfilter, _ => ForeignObstacle.Find(ForeignTables.Read(netfilter), bridge)) : [];
    }

    /// <summary>Deletes a network's rules wherever they are. It does nothing where there are none.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static void Close(NetfilterSocket netfilter, string network) =>
        RulesetRetry.Change(netfilter, transaction => ForeignRules.DeleteEverywhere(netfilter, transaction, IsOf(network)));

    /// <summary>The networks, of all ids, whose packets rules of ours let pass in foreign chains.</summary>
    public static IReadOnlySet<string> ListOpen(NetfilterSocket netfilter) =>
        ForeignTables.Read(netfilter, needsSets: false)
            .SelectMany(static table => table.Rules.SelectMany(static chain => chain))
            .Select(static rule => rule.Comment)
            .Where(static comment => comment?.StartsWith(Maker, StringComparison.Ordinal) ?? false)
            .Select(static comment => comment![Maker.Length..])
            .ToHashSet(StringComparer.Ordinal);

    private static string CommentOf(string network) => Maker + network;

    private static Func<string, bool> IsOf(string network)
    {
        string own = CommentOf(network);
        return comment => string.Equals(comment, own, StringComparison.Ordinal);
    }

    /// <summary>Docker's chain for user rules if there is one: Docker puts its own rules at the head of the base chain.</summary>
    private static string ChainOf(ForeignObstacle obstacle) =>
        obstacle.Table.Rules[obstacle.Entrance.Name].Any(JumpsToDockerUser) ? ForeignRemedy.DockerUser : obstacle.Entrance.Name;

    private static bool JumpsToDockerUser(NftRule rule) => rule.Expressions.All(static expression =>
        expression is CounterExpression or VerdictExpression { Verdict: { Code: NftVerdictCode.Jump, Chain: ForeignRemedy.DockerUser } });

    private static NftRule Rule(ForeignTable table, string chain, string network, NftField[] interfaces, ForwardedBridge bridge) => interfaces
        .Aggregate(new NftRuleBuilder(table.Id, chain), (rule, field) => rule.Match(field, bridge.Device))
        .Counter()
        .Comment(CommentOf(network))
        .Accept();
}
