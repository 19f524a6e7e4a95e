using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>
/// The translations of <c>table inet bridgenet</c> once more, in a table that the kernel keeps for one socket: <c>nft flush ruleset</c> passes it by,
/// and it ends with the socket, whatever becomes of the process. While the table proper is there, these chains have nothing to say, for they
/// come behind it. When it is gone, connections go on being translated until it is there again; without this, the host would answer a
/// download's next packet with a reset.
/// </summary>
/// <remarks>It translates and does not filter: a rule here that knows of a port a moment later than the table proper would shut it.</remarks>
internal sealed class StandbyTable(NetfilterSocket netfilter) : IDisposable
{
    private static readonly NftTableId s_id = new(NftFamily.Inet, "bridgenet_standby");

    /// <summary>NFPROTO-independent: the chains that translate and what they jump to.</summary>
    private static readonly NftChain[] s_chains = [.. new[] { FirewallLayout.Prerouting, FirewallLayout.Output, FirewallLayout.HostAddresses, FirewallLayout.Postrouting }.Select(Behind)];

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

    /// <summary>Makes the standby translate what the table proper is to translate.</summary>
    /// <returns>False if it cannot be: the kernel has no owned tables (Linux 5.12), or another process holds the standby.</returns>
    public bool TryHold(FirewallState wanted)
    {
        HashSet<TableElement> elements =
        [
            .. from element in wanted.Elements()
               where element.Table == FirewallLayout.Table && Array.Exists(s_sets, set => string.Equals(set.Name, element.Set, StringComparison.Ordinal))
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

    private static bool IsUsed(NftExpression expression, string set) => expression is LookupExpression lookup && string.Equals(lookup.Set, set, StringComparison.Ordinal);

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
