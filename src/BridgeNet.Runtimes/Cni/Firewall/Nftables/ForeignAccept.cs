using BridgeNet.Core.Foreign;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>
/// Lets containers through foreign chains of the hook forward that drop by default. It adds rules at their heads, with the owner as their comment,
/// and touches nothing else of those chains.
/// </summary>
internal static class ForeignAccept
{
    private const CtStateFlags Answers = CtStateFlags.Established | CtStateFlags.Related;

    /// <summary>Lets a container through.</summary>
    /// <param name="netfilter">Of the host.</param>
    /// <param name="transaction">Receives the rules.</param>
    /// <param name="owner">The rules' owner; its existing rules are replaced.</param>
    /// <param name="addresses">The container's addresses.</param>
    public static void Add(NetfilterSocket netfilter, NftTransaction transaction, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses)
    {
        string tag = owner.Tag;
        bool IsOwn(string comment) => string.Equals(comment, tag, StringComparison.Ordinal);
        foreach (ForeignTable table in ForeignTables.Read(netfilter).Where(static table => !table.IsOwned))
        {
            ForeignRules.Delete(transaction, table.Rules.SelectMany(static chain => chain), IsOwn);
            foreach (NftChain entrance in table.Entrances)
            {
                foreach (InterfaceAddress address in addresses.Where(address => Stops(table, entrance, address)))
                {
                    foreach (NftRule rule in RulesOf(entrance, address, owner))
                    {
                        transaction.InsertRule(rule);
                    }
                }
            }
        }
    }

    /// <summary>Whether a chain certainly stops a container's packets, by whatever bridge or other interface they come.</summary>
    private static bool Stops(ForeignTable table, NftChain entrance, InterfaceAddress address) =>
        ForeignObstacle.Stopped(table, entrance, bridge: null, address.IsIPv6 ? NftFamily.IPv6 : NftFamily.IPv4).Any();

    /// <summary>Rules for what the container sends, for answers, and for its published ports. iptables-nft reads only its own comparison.</summary>
    private static IEnumerable<NftRule> RulesOf(NftChain chain, InterfaceAddress address, CniOwner owner)
    {
        (NftField source, NftField destination) = address.IsIPv6
            ? (NftField.IPv6Source, NftField.IPv6Destination)
            : (NftField.IPv4Source, NftField.IPv4Destination);
        yield return chain.Rule().Match(source, address.Address).Counter().Comment(owner.Tag).Accept();
        if (chain.Table.Family is NftFamily.Inet)
        {
            yield return chain.Rule().Match(destination, address.Address).MatchState(Answers).Counter().Comment(owner.Tag).Accept();
            yield return chain.Rule()
                .Match(destination, address.Address).MatchStatus(CtStatusFlags.DestinationNat).Counter().Comment(owner.Tag).Accept();
        }
        else
        {
            CompatExpression state = XtExtension.ConnectionState(Answers | (CtStateFlags)XtConntrack.DestinationNat);
            yield return chain.Rule().Match(destination, address.Address).Add(state).Counter().Comment(owner.Tag).Accept();
        }
    }
}
