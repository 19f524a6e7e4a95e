using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.State;

namespace BridgeNet.Firewall;

/// <summary>Makes the tables what the state remembers, in one transaction: the first time, and after somebody flushed the ruleset or a part of it.</summary>
internal sealed class FirewallRestorer(StateDirectory state)
{
    private const string LockName = "firewall";

    /// <summary>Does something to the tables, which are mended first if it cannot be done: for the first network, and after somebody flushed the ruleset.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="tryChange">What to do; false if there is no table, or no such set.</param>
    /// <exception cref="FirewallUnavailableException">The kernel has no nf_tables, or something else has the table's name.</exception>
    public void Change(NetfilterSocket netfilter, Func<bool> tryChange)
    {
        if (!tryChange() && !RulesetRetry.TryRun(netfilter, () => TryRestored(netfilter, tryChange)))
        {
            throw new FirewallUnavailableException("parts of the table inet bridgenet are gone again and again: somebody deletes them (nft monitor tells who)");
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

    /// <summary>Makes the tables what they are to be; what is right stays as it is.</summary>
    /// <returns>What was wrong, a line each.</returns>
    public IReadOnlyList<string> Restore(NetfilterSocket netfilter) => Restore(netfilter, () => RecordedState.Read(state));

    /// <summary>Makes the tables what records say that they are to be; what is right stays as it is.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="read">Reads the records, after the tables were read; null if nothing is to be done.</param>
    /// <returns>What was wrong, a line each.</returns>
    public IReadOnlyList<string> Restore(NetfilterSocket netfilter, Func<RecordedState?> read)
    {
        using HeldLock alone = state.Locks.Acquire(LockName);
        return FirewallAudit.Settle(netfilter, () => read() is { } records ? FirewallMemory.Of(records) : null);
    }

    /// <summary>What the tables are to hold.</summary>
    public FirewallMemory Remember() => FirewallMemory.Of(RecordedState.Read(state));

    private void AddRestored(NetfilterSocket netfilter, List<TableElement> elements) => Change(netfilter, () => FirewallTable.TryAdd(netfilter, elements));

    private bool TryRestored(NetfilterSocket netfilter, Func<bool> tryChange)
    {
        _ = Restore(netfilter);
        return tryChange();
    }
}
