using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni;

/// <summary>
/// Drops what a container sends from another MAC address than its own: a chain on the host's end of its veth, in <c>table netdev bridgenet_cni</c>.
/// The kernel deletes the chain with the veth, whoever deletes that.
/// </summary>
internal static class MacGuard
{
    private static readonly NftTableId s_table = new(NftFamily.Netdev, "bridgenet_cni");

    /// <summary>Watches a veth.</summary>
    public static void Add(NetfilterSocket netfilter, InterfaceName veth, MacAddress mac)
    {
        NftChain chain = new()
        {
            Table = s_table,
            Name = veth.ToString(),
            Type = NftChainType.Filter,
            Hook = new NftHook { Point = NftHookPoint.Ingress, Priority = NftPriority.Raw, Devices = [veth.ToString()] },
            Policy = NftPolicy.Accept,
        };
        netfilter.Transaction()
            .AddTable(new NftTable { Id = s_table })
            .CreateChain(chain)
            .AddRule(chain.Rule().MatchNot(NftField.EthernetSource, NftValue.Mac(mac)).Drop())
            .Commit();
    }

    /// <summary>Watches it no longer, and takes the table away if nothing else is watched.</summary>
    public static void Remove(NetfilterSocket netfilter, InterfaceName veth)
    {
        if (netfilter.TryGetTable(s_table) is null)
        {
            return;
        }
        TolerateGone(() => netfilter.Transaction().FlushChain(s_table, veth.ToString()).DeleteChain(s_table, veth.ToString()).Commit());
        uint generation = netfilter.Generation();
        if (netfilter.ListChains(s_table).Count == 0)
        {
            TolerateGone(() => netfilter.Transaction(generation).DeleteTable(s_table).Commit());
        }
    }

    /// <summary>ERESTART: somebody changed rules in this moment, so the table may be in use; it goes with the next one.</summary>
    private static void TolerateGone(Action action)
    {
        try
        {
            action();
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT or Errno.ERESTART or Errno.EBUSY)
        {
            // the chain went with its veth, or the table with somebody else's
        }
    }
}
