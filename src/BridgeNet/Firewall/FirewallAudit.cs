using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>
/// Compares the tables with the records and corrects them in one transaction, so packets meet either the old rules or the new ones. It leaves alone
/// what is right, and with it the ports' counters and the kernel's connections.
/// </summary>
internal static class FirewallAudit
{
    /// <summary>Corrects the tables.</summary>
    /// <param name="netfilter">Of the host's namespace.</param>
    /// <param name="remember">Reads what the tables should hold, after the tables themselves were read. Null if there is nothing to do.</param>
    /// <returns>What was wrong, a line each; empty if nothing was.</returns>
    /// <exception cref="FirewallUnavailableException">Another program's table has our name.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<string> Mend(NetfilterSocket netfilter, Func<FirewallMemory?> remember) =>
        RulesetRetry.Run(netfilter, generation => Mend(netfilter, remember, generation));

    private static string[] Mend(NetfilterSocket netfilter, Func<FirewallMemory?> remember, uint generation)
    {
        TableContent? inet = TableContent.Read(netfilter, FirewallLayout.Table), bridge = TableContent.Read(netfilter, SpoofGuard.Table);
        if (remember() is not { } memory)
        {
            return [];
        }
        if (memory.Made.IsEmpty && memory.Making.IsEmpty)
        {
            return !memory.Ending.IsEmpty || !FirewallTable.IsOurs(netfilter) || memory.HasGaps ? [] : DeleteTables(netfilter, generation);
        }
        if ((inet is not null && !IsOurs(inet)) || (bridge is not null && !IsOurs(bridge)))
        {
            RulesetRetry.ThrowIfChanged(netfilter, generation); // a table that goes while it is read seems to have no sets
            FirewallTable.RefuseForeign();
        }
        if (inet is null && bridge is null)
        {
            string[] gone = Create(netfilter, memory, generation, ofInet: null, ofBridge: null);
            return memory.Made.IsEmpty ? [] : gone; // they are not gone while the first network is being made
        }
        (TableExpectation inInet, TableExpectation inBridge) = memory.Expect(inet, bridge);
        TableDifference? ofInet = inet is null ? null : DriverTables.Inet.Compare(inet, inInet);
        TableDifference? ofBridge = bridge is null ? null : DriverTables.Bridge.Compare(bridge, inBridge);
        if (ofInet is not { IsBeyondMending: false } || ofBridge is not { IsBeyondMending: false })
        {
            return Create(netfilter, memory, generation, ofInet, ofBridge);
        }
        NftTransaction transaction = netfilter.Transaction(generation);
        ofInet.Mend(transaction);
        ofBridge.Mend(transaction);
        transaction.Commit();
        return [.. ofInet.Findings, .. ofBridge.Findings];
    }

    private static string[] Create(
        NetfilterSocket netfilter, FirewallMemory memory, uint generation, TableDifference? ofInet, TableDifference? ofBridge)
    {
        FirewallTable.Create(netfilter, memory.Made.With(memory.Making), generation);
        return [.. new[] { Describe(FirewallLayout.Table, ofInet), Describe(SpoofGuard.Table, ofBridge) }.OfType<string>()];
    }

    /// <summary>Nobody else makes these sets. The kernel keeps at least the last two while rules use them.</summary>
    private static bool IsOurs(TableContent content) =>
        content.Sets.ContainsKey(FamilySets.V4.Claims[0])
        || content.Sets.ContainsKey(FirewallLayout.Bridges)
        || content.Sets.ContainsKey(SpoofGuard.Ports);

    private static string? Describe(NftTableId table, TableDifference? difference) =>
        difference is null ? $"table {table}: it was gone"
        : difference.IsBeyondMending ? $"table {table}: {difference.Findings[0]}, so that it was made anew"
        : null;

    private static string[] DeleteTables(NetfilterSocket netfilter, uint generation)
    {
        FirewallTable.DeleteTables(netfilter.Transaction(generation)).Commit();
        return [$"table {FirewallLayout.Table}: it was there without a network"];
    }
}
