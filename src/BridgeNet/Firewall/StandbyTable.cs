using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>
/// A copy of the translations of <c>table inet bridgenet</c>, in a table that one socket owns: <c>nft flush ruleset</c> skips it, and the kernel
/// deletes it with the socket, even if the process is killed. Its chains come behind those of the main table and do nothing while that exists.
/// When the main table is gone, they go on translating connections until it is restored; without them, the host would answer a download's
/// next packet with a reset.
/// </summary>
/// <remarks>It translates and does not filter: a filter that learns of a port later than the main table would block that port.</remarks>
internal sealed class StandbyTable(NetfilterSocket netfilter) : IDisposable
{
    private static readonly NftTableId s_id = new(NftFamily.Inet, "bridgenet_standby");

    /// <summary>The chains that translate, and those that they jump to.</summary>
    private static readonly NftChain[] s_chains =
    [
        Behind(FirewallLayout.Prerouting),
        Behind(FirewallLayout.Output),
        Behind(FirewallLayout.HostAddresses),
        Behind(FirewallLayout.Postrouting),
    ];

    private static readonly NftRule[] s_rules =
    [
        .. from rule in FirewallRules.All
           where Array.Exists(s_chains, chain => string.Equals(chain.Name, rule.Chain, StringComparison.Ordinal))
           select rule with { Table = s_id },
    ];

    private static readonly NftSet[] s_sets =
    [
        .. from set in FirewallLayout.Sets
           where s_rules.Any(rule => rule.Expressions.Any(expression => IsUsed(expression, set.Name)))
           select set with { Table = s_id, HasCounters = false },
    ];

    private static readonly TableLayout s_layout = new(s_id, [.. s_sets], [.. s_chains], [.. s_rules]);

    private HashSet<TableElement>? _held;

    /// <summary>Makes the standby translate as the main table should.</summary>
    /// <returns>False if it cannot: the kernel has no owned tables (Linux 5.12), or another process holds the standby.</returns>
    public bool TryHold(FirewallState wanted)
    {
        HashSet<TableElement> elements =
        [
            .. from element in wanted.Elements()
               where element.Table == FirewallLayout.Table
               where Array.Exists(s_sets, set => string.Equals(set.Name, element.Set, StringComparison.Ordinal))
               select element with { Table = s_id, IsExclusive = false },
        ];
        if (_held is not null && _held.SetEquals(elements))
        {
            return true;
        }
        try
        {
            Write(elements);
            _held = elements;
            return true;
        }
        catch (NetlinkException error) when (error.Errno is Errno.EPERM or Errno.EEXIST or Errno.EOPNOTSUPP or Errno.EINVAL)
        {
            _held = null;
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => netfilter.Dispose();

    private static NftChain Behind(NftChain chain) => chain with
    {
        Table = s_id,
        Hook = chain.Hook is { } hook ? hook with { Priority = hook.Priority + 1 } : null,
    };

    private static bool IsUsed(NftExpression expression, string set) =>
        expression is LookupExpression lookup && string.Equals(lookup.Set, set, StringComparison.Ordinal);

    private void Write(HashSet<TableElement> elements)
    {
        NftTransaction transaction = netfilter.Transaction();
        if (_held is not null)
        {
            transaction.DeleteTable(s_id);
        }
        s_layout.Create(transaction, NftTableFlags.Owner);
        transaction.AddElements([.. elements]).Commit();
    }
}
