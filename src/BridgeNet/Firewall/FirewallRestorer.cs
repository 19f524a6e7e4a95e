using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.State;

namespace BridgeNet.Firewall;

/// <summary>Restores the tables from the records in one transaction: for the first network, and after somebody flushed the ruleset.</summary>
internal sealed class FirewallRestorer(StateDirectory state)
{
    private const string LockName = "firewall";

    /// <summary>Changes the tables. If that fails because parts of them are missing, restores the tables and tries again.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="tryChange">The change; false if the table or one of its sets is missing.</param>
    /// <exception cref="FirewallUnavailableException">The kernel has no nf_tables, or another program's table has our name.</exception>
    public void Change(NetfilterSocket netfilter, Func<bool> tryChange)
    {
        if (!tryChange() && !RulesetRetry.TryRun(netfilter, () => TryRestored(netfilter, tryChange)))
        {
            throw new FirewallUnavailableException(
                "parts of the table inet bridgenet are gone again and again: somebody deletes them (nft monitor tells who)");
        }
    }

    /// <summary>Puts elements into the tables, which are mended first if there is none, or no such set.</summary>
    /// <exception cref="NetlinkException">EEXIST if an exclusive one is there.</exception>
    /// <exception cref="FirewallUnavailableException">The kernel has no nf_tables, or something else has the table's name.</exception>
    public void Add(NetfilterSocket netfilter, List<TableElement> elements)
    {
        if (!FirewallTable.TryAdd(netfilter, elements))
        {
            AddRestored(netfilter, elements);
        }
    }

    /// <summary>Corrects the tables and leaves alone what is right.</summary>
    /// <returns>What was wrong, a line each.</returns>
    public IReadOnlyList<string> Restore(NetfilterSocket netfilter) => Restore(netfilter, () => ReadRecords(netfilter));

    /// <summary>Corrects the tables by given records and leaves alone what is right.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="read">Reads the records, after the tables were read; null if there is nothing to do.</param>
    /// <param name="hasStrangers">Whether the host has networks or endpoints without a record; asked only of what no record wants.</param>
    /// <returns>What was wrong, a line each.</returns>
    public IReadOnlyList<string> Restore(NetfilterSocket netfilter, Func<RecordedState?> read, Func<bool>? hasStrangers = null)
    {
        using HeldLock alone = state.Locks.Acquire(LockName);
        return Look(netfilter, read, hasStrangers, mends: true);
    }

    /// <summary>Finds what is wrong with the tables, and changes nothing.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="read">Reads the records, after the tables were read.</param>
    /// <param name="hasStrangers">Whether the host has networks or endpoints without a record; asked only of what no record wants.</param>
    /// <returns>What is wrong, a line each.</returns>
    public static IReadOnlyList<string> Check(NetfilterSocket netfilter, Func<RecordedState> read, Func<bool> hasStrangers) =>
        Look(netfilter, read, hasStrangers, mends: false);

    /// <summary>Reads the records, and settles the ports that dead processes were changing.</summary>
    public RecordedState ReadRecords(NetfilterSocket netfilter) => DoubtfulPorts.Settle(netfilter, state, RecordedState.Read(state));

    private void AddRestored(NetfilterSocket netfilter, List<TableElement> elements) =>
        Change(netfilter, () => FirewallTable.TryAdd(netfilter, elements));

    private static IReadOnlyList<string> Look(NetfilterSocket netfilter, Func<RecordedState?> read, Func<bool>? hasStrangers, bool mends) =>
        FirewallAudit.Look(
            netfilter,
            () => read() is { } records ? FirewallMemory.Of(records) with { HasStrangers = hasStrangers ?? (static () => false) } : null,
            mends);

    private bool TryRestored(NetfilterSocket netfilter, Func<bool> tryChange)
    {
        _ = Restore(netfilter);
        return tryChange();
    }
}
