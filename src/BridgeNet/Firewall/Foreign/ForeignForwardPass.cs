using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>
/// Two rules at the head of each of other people's chains that stops a network's packets: what comes from the bridge and what goes to it may
/// pass. It is done only where a person asks for it. The rules bear the network's id, by which they, and nothing else, are taken away again.
/// </summary>
internal static class ForeignForwardPass
{
    /// <summary>Lets a network's packets pass; done already is fine. All in one transaction.</summary>
    /// <param name="netfilter">The host's.</param>
    /// <param name="bridge">The network's bridge.</param>
    /// <param name="network">The network's id.</param>
    /// <returns>What of nf_tables stops them still: tables that only their owner may change.</returns>
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
                ForeignRules.Delete(transaction, table.Rules[chain], IsOf(network)); // where another has since come before them
                transaction.InsertRule(Rule(table, chain, network, NftField.OutputInterface, bridge));
                transaction.InsertRule(Rule(table, chain, network, NftField.InputInterface, bridge));
            }
            transaction.Commit();
            return obstacles.Count > 0;
        });
        return isStopped ? RulesetRetry.Run(netfilter, _ => ForeignObstacle.Find(ForeignTables.Read(netfilter), bridge)) : [];
    }

    /// <summary>Takes the rules of a network away, wherever they are; gone already is fine.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static void Close(NetfilterSocket netfilter, string network) =>
        RulesetRetry.Change(netfilter, transaction => ForeignRules.DeleteEverywhere(netfilter, transaction, IsOf(network)));

    private static string CommentOf(string network) => $"bridgenet {network}";

    private static Func<string, bool> IsOf(string network)
    {
        string own = CommentOf(network);
        return comment => string.Equals(comment, own, StringComparison.Ordinal);
    }

    /// <summary>Docker's chain for the rules of others where there is one: Docker puts its own before whatever else is in the entrance.</summary>
    private static string ChainOf(ForeignObstacle obstacle) =>
        obstacle.Table.Rules[obstacle.Entrance.Name].Any(JumpsToDockerUser) ? ForeignRemedy.DockerUser : obstacle.Entrance.Name;

    private static bool JumpsToDockerUser(NftRule rule) => rule.Expressions.All(static expression =>
        expression is CounterExpression or VerdictExpression { Verdict: { Code: NftVerdictCode.Jump, Chain: ForeignRemedy.DockerUser } });

    private static NftRule Rule(ForeignTable table, string chain, string network, NftField field, ForwardedBridge bridge) =>
        new NftRuleBuilder(table.Id, chain).Match(field, bridge.Device).Counter().Comment(CommentOf(network)).Accept();
}
