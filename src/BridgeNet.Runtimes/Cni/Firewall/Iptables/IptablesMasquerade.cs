using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Masquerading in the reference's layout: for each container a chain, and for each of its addresses a rule that jumps there.</summary>
internal static class IptablesMasquerade
{
    private const string Entrance = "POSTROUTING";

    private static readonly ContainerChains s_chains = new(Entrance, ReferenceChain.Masquerade);
    private static readonly IPNetwork s_multicast4 = IPNetwork.Parse("224.0.0.0/4");
    private static readonly IPNetwork s_multicast6 = IPNetwork.Parse("ff00::/8");

    /// <summary>Adds a container's rules, in place of those that are there already.</summary>
    public static void Add(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        RulesetRetry.Change(netfilter, transaction =>
        {
            foreach (IGrouping<bool, InterfaceAddress> family in addresses.GroupBy(address => address.IsIPv6))
            {
                IptablesTable table = new(netfilter, transaction, family.Key ? NftFamily.IPv6 : NftFamily.IPv4, "nat");
                table.EnsureBase();
                string chain = s_chains.Renew(table, owner);
                foreach (InterfaceAddress address in family)
                {
                    Add(table, owner, chain, address);
                }
            }
        });

    /// <summary>Removes a container's rules; does nothing if there are none.</summary>
    public static void Remove(NetfilterSocket netfilter, CniOwner owner) => s_chains.Remove(netfilter, owner);

    /// <summary>Removes what belongs to a network but to no valid container.</summary>
    public static void RemoveAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid) =>
        s_chains.RemoveAllBut(netfilter, network, valid);

    /// <summary>Whether all of a container's addresses have a jump to its chain.</summary>
    public static bool IsThere(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses)
    {
        string chain = ReferenceChain.Masquerade(owner.Network, owner.ContainerId);
        return addresses.GroupBy(address => address.IsIPv6).All(family =>
        {
            IptablesTable table = new(netfilter, transaction: null, family.Key ? NftFamily.IPv6 : NftFamily.IPv4, "nat");
            int leading = table.RulesOf(Entrance).Count(rule => string.Equals(IptablesTable.TargetOf(rule), chain, StringComparison.Ordinal));
            return leading >= family.Count();
        });
    }

    private static void Add(IptablesTable table, CniOwner owner, string chain, InterfaceAddress address)
    {
        bool isIPv6 = address.IsIPv6;
        NftField source = isIPv6 ? NftField.IPv6Source : NftField.IPv4Source;
        NftField destination = isIPv6 ? NftField.IPv6Destination : NftField.IPv4Destination;
        CompatExpression comment = XtExtension.Comment(ReferenceChain.CommentOf(owner.Network, owner.ContainerId));
        table.Append(table.Rule(chain).Match(destination, address.Subnet).Add(comment).Counter().Accept());
        table.Append(table.Rule(chain)
            .MatchNot(destination, isIPv6 ? s_multicast6 : s_multicast4)
            .Add(comment)
            .Counter()
            .Add(XtExtension.Masquerade(table.Id.Family))
            .Build());
        table.Append(table.Rule(Entrance).Match(source, address.Address).Add(comment).Counter().Jump(chain));
    }
}
