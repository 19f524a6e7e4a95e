using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni;

/// <summary>
/// Drops what a container sends from another MAC address than its own: a chain on the host's end of its veth, in <c>table netdev bridgenet_cni</c>.
/// The kernel deletes the chain together with the veth.
/// </summary>
internal static class MacGuard
{
    private static readonly NftTableId s_table = new(NftFamily.Netdev, "bridgenet_cni");

    /// <summary>Adds the guard of a veth.</summary>
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

    /// <summary>Removes the guard of a veth, and the table with the last guard.</summary>
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

    /// <summary>Ignores what is gone or in use. ERESTART means that rules changed meanwhile, so the table stays until the next removal.</summary>
    private static void TolerateGone(Action action)
    {
        try
        {
            action();
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT or Errno.ERESTART or Errno.EBUSY)
        {
            // the chain went with its veth, or another process removed the table
        }
    }
}
