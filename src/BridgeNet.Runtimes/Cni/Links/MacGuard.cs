using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni;

/// <summary>
/// Drops what a container sends from another MAC address than its own: a chain on the host's end of its veth, in <c>table netdev bridgenet_cni</c>.
/// Old kernels delete the chain together with the veth. Newer ones (6.12 and 6.18 were tried) keep it, and it counts again for a new link of
/// the name.
/// </summary>
internal static class MacGuard
{
    private static readonly NftTableId s_table = new(NftFamily.Netdev, "bridgenet_cni");

    /// <summary>Adds the guard of a veth, in place of one that an earlier veth of the name left behind.</summary>
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
            .AddChain(chain)
            .FlushChain(s_table, chain.Name)
            .AddRule(chain.Rule().MatchNot(NftField.EthernetSource, NftValue.Mac(mac)).Drop())
            .Commit();
    }

    /// <summary>Removes the guards whose links are gone. A guard comes after its veth, so its link is there while somebody needs it.</summary>
    public static void RemoveOrphans(NetfilterSocket netfilter, RouteSocket route)
    {
        if (netfilter.TryGetTable(s_table) is null)
        {
            return;
        }
        uint generation = netfilter.Generation();
        NftTransaction transaction = netfilter.Transaction(generation);
        foreach (NftChain chain in netfilter.ListChains(s_table))
        {
            if (InterfaceName.TryParse(chain.Name, null, out InterfaceName veth) && route.TryGetIndex(veth) is null)
            {
                transaction.FlushChain(s_table, chain.Name).DeleteChain(s_table, chain.Name);
            }
        }
        TolerateGone(() => transaction.Commit());
        RemoveUnused(netfilter);
    }

    /// <summary>Removes the guard of a veth, and the table with the last guard.</summary>
    public static void Remove(NetfilterSocket netfilter, InterfaceName veth)
    {
        if (netfilter.TryGetTable(s_table) is null)
        {
            return;
        }
        TolerateGone(() => netfilter.Transaction().FlushChain(s_table, veth.ToString()).DeleteChain(s_table, veth.ToString()).Commit());
        RemoveUnused(netfilter);
    }

    private static void RemoveUnused(NetfilterSocket netfilter)
    {
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
