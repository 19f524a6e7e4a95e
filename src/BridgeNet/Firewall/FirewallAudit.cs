using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>
/// Compares the tables with the records and corrects them, if it is to, in one transaction, so packets meet either the old rules or the new ones.
/// It leaves alone what is right, and with it the ports' counters and the kernel's connections.
/// </summary>
internal static class FirewallAudit
{
    /// <summary>Finds what is wrong with the tables, and corrects it if it is to.</summary>
    /// <param name="netfilter">Of the host's namespace.</param>
    /// <param name="remember">Reads what the tables should hold, after the tables themselves were read. Null if there is nothing to do.</param>
    /// <param name="mends">Whether to correct it.</param>
    /// <returns>What was wrong, a line each; empty if nothing was.</returns>
    /// <exception cref="FirewallUnavailableException">Another program's table has our name.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<string> Look(NetfilterSocket netfilter, Func<FirewallMemory?> remember, bool mends) =>
        RulesetRetry.Run(netfilter, generation =>
        {
            Correction correction = Compare(netfilter, remember, generation);
            if (mends)
            {
                correction.Apply();
            }
            else if (correction.Findings.Length > 0)
            {
                RulesetRetry.ThrowIfChanged(netfilter, generation); // it was on its way from one state to the next
            }
            return correction.Findings;
        });

    private static Correction Compare(NetfilterSocket netfilter, Func<FirewallMemory?> remember, uint generation)
    {
        TableContent? inet = TableContent.Read(netfilter, FirewallLayout.Table), bridge = TableContent.Read(netfilter, SpoofGuard.Table);
        if (remember() is not { } memory)
        {
            return Correction.None;
        }
        if (memory.Made.IsEmpty && memory.Making.IsEmpty)
        {
            return !memory.Ending.IsEmpty || !FirewallTable.IsOurs(netfilter) || memory.HasGaps
                ? Correction.None
                : DeleteTables(netfilter, generation);
        }
        if ((inet is not null && !IsOurs(inet)) || (bridge is not null && !IsOurs(bridge)))
        {
            RulesetRetry.ThrowIfChanged(netfilter, generation); // a table that goes while it is read seems to have no sets
            FirewallTable.RefuseForeign();
        }
        if (inet is null && bridge is null)
        {
            Correction gone = Create(netfilter, memory, generation, ofInet: null, ofBridge: null);
            return memory.Made.IsEmpty ? gone with { Findings = [] } : gone; // they are not gone while the first network is being made
        }
        (TableExpectation inInet, TableExpectation inBridge) = memory.Expect(inet, bridge);
        TableDifference? ofInet = inet is null ? null : DriverTables.Inet.Compare(inet, inInet);
        TableDifference? ofBridge = bridge is null ? null : DriverTables.Bridge.Compare(bridge, inBridge);
        if (ofInet is not { IsBeyondMending: false } || ofBridge is not { IsBeyondMending: false })
        {
            return Create(netfilter, memory, generation, ofInet, ofBridge);
        }
        return new Correction([.. ofInet.Findings, .. ofBridge.Findings], () =>
        {
            NftTransaction transaction = netfilter.Transaction(generation);
            ofInet.Mend(transaction);
            ofBridge.Mend(transaction);
            transaction.Commit();
        });
    }

    private static Correction Create(
        NetfilterSocket netfilter, FirewallMemory memory, uint generation, TableDifference? ofInet, TableDifference? ofBridge) => new(
        [.. new[] { Describe(FirewallLayout.Table, ofInet), Describe(SpoofGuard.Table, ofBridge) }.OfType<string>()],
        () => FirewallTable.Create(netfilter, memory.Made.With(memory.Making), generation));

    /// <summary>Nobody else makes these sets. The kernel keeps at least the last two while rules use them.</summary>
    private static bool IsOurs(TableContent content) =>
        content.Sets.ContainsKey(FamilySets.V4.Claims[0])
        || content.Sets.ContainsKey(FirewallLayout.Bridges)
        || content.Sets.ContainsKey(SpoofGuard.Ports);

    private static string? Describe(NftTableId table, TableDifference? difference) =>
        difference is null ? $"table {table}: it was gone"
        : difference.IsBeyondMending ? $"table {table}: {difference.Findings[0]}, so that it was made anew"
        : null;

    private static Correction DeleteTables(NetfilterSocket netfilter, uint generation) => new(
        [$"table {FirewallLayout.Table}: it was there without a network"],
        () => FirewallTable.DeleteTables(netfilter.Transaction(generation)).Commit());

    /// <summary>What is wrong, and what corrects it.</summary>
    /// <param name="Findings">A line each.</param>
    /// <param name="Apply">Corrects it in one transaction.</param>
    private sealed record Correction(string[] Findings, Action Apply)
    {
        /// <summary>Nothing is wrong.</summary>
        public static Correction None { get; } = new([], static () => { });
    }
}
