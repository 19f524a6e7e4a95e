using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>
/// Compares the tables with what they are to hold and makes them so, in one transaction: packets meet the rules of before or those of after.
/// What is right stays untouched, and with it the counters of ports and the connections that the kernel remembers.
/// </summary>
internal static class FirewallAudit
{
    /// <summary>How often it is begun again because somebody changed the ruleset meanwhile.</summary>
    private const int Attempts = 64;

    private static readonly AuditedTable[] s_tables =
    [
        new(FirewallLayout.Table, FirewallLayout.Sets, FirewallLayout.Chains, FirewallRules.All),
        new(SpoofGuard.Table, SpoofGuard.Sets, SpoofGuard.Chains, SpoofGuard.Rules),
    ];

    /// <summary>Makes the tables what they are to be.</summary>
    /// <param name="netfilter">Of the host's namespace.</param>
    /// <param name="remember">Reads what they are to hold; it is asked after the tables were read. Null if nothing is to be done.</param>
    /// <returns>What was wrong, a line each; none if nothing was.</returns>
    /// <exception cref="FirewallUnavailableException">Something else has a table's name.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<string> Settle(NetfilterSocket netfilter, Func<FirewallMemory?> remember)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return SettleOnce(netfilter, remember);
            }
            catch (NetlinkException error) when (error.Errno is Errno.ERESTART or Errno.EINTR or Errno.ENOENT or Errno.EEXIST && attempt < Attempts)
            {
                // somebody changed the ruleset while it was read: look again
            }
        }
    }

    private static IReadOnlyList<string> SettleOnce(NetfilterSocket netfilter, Func<FirewallMemory?> remember)
    {
        uint generation = netfilter.Generation();
        TableContent?[] contents = [.. s_tables.Select(table => TableContent.Read(netfilter, table.Id))];
        if (remember() is not { } memory)
        {
            return [];
        }
        if (memory.Made.IsEmpty && memory.Making.IsEmpty)
        {
            return memory.HasGaps || !memory.Ending.IsEmpty || !FirewallTable.IsOurs(netfilter) ? [] : DeleteTables(netfilter, generation);
        }
        if (Array.Exists(contents, content => content is not null && !IsOurs(content)))
        {
            FirewallTable.RefuseForeign();
        }
        TableDifference?[] differences = [.. s_tables.Zip(contents, (table, content) => content is null ? null : table.Compare(content, memory))];
        if (Array.Exists(differences, difference => difference is null || difference.IsBeyondMending))
        {
            List<string> findings = [.. s_tables.Zip(differences, Describe).OfType<string>()];
            FirewallTable.Create(netfilter, memory.Made.With(memory.Making), generation);
            return findings;
        }
        NftTransaction transaction = netfilter.Transaction(generation);
        foreach (TableDifference? difference in differences)
        {
            difference!.Mend(transaction);
        }
        transaction.Commit();
        return [.. differences.SelectMany(difference => difference!.Findings)];
    }

    /// <summary>Nobody else has these sets, and the kernel keeps at least the last two while rules use them.</summary>
    private static bool IsOurs(TableContent content) =>
        content.Sets.ContainsKey(FamilySets.V4.Claims[0]) || content.Sets.ContainsKey(FirewallLayout.Bridges) || content.Sets.ContainsKey(SpoofGuard.Ports);

    private static string? Describe(AuditedTable table, TableDifference? difference) =>
        difference is null ? $"table {table.Id}: it was gone"
        : difference.IsBeyondMending ? $"table {table.Id}: {difference.Findings[0]}, so that it was made anew"
        : null;

    private static string[] DeleteTables(NetfilterSocket netfilter, uint generation)
    {
        NftTransaction transaction = netfilter.Transaction(generation);
        transaction.DeleteTable(FirewallLayout.Table);
        transaction.AddTable(new NftTable { Id = SpoofGuard.Table }).DeleteTable(SpoofGuard.Table);
        transaction.Commit();
        return [$"table {FirewallLayout.Table}: it was there without a network"];
    }
}
