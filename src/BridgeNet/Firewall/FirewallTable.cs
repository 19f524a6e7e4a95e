using System.Diagnostics.CodeAnalysis;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>What the driver does to its two tables, inet and bridge: each verb is one transaction, whole or nothing.</summary>
internal static class FirewallTable
{
    private static readonly string s_notOurs = $"there is a table {FirewallLayout.Table} that BridgeNet did not make: rename or delete it";

    /// <summary>Makes the tables with all that they are to hold.</summary>
    /// <param name="netfilter">Of the host's namespace.</param>
    /// <param name="wanted">What they are to hold beside their rules.</param>
    /// <param name="generation">That of the ruleset for which it was made up; null does not ask.</param>
    /// <exception cref="FirewallUnavailableException">The kernel has no nf_tables, or something else has the table's name.</exception>
    /// <exception cref="NetlinkException">ERESTART: the ruleset is of another generation.</exception>
    public static void Create(NetfilterSocket netfilter, FirewallState wanted, uint? generation = null)
    {
        bool isOurs = IsOurs(netfilter);
        NftTransaction transaction = netfilter.Transaction(generation);
        // What is left of one of the two is worth nothing without the other.
        transaction.AddTable(new NftTable { Id = SpoofGuard.Table }).DeleteTable(SpoofGuard.Table);
        if (isOurs)
        {
            transaction.DeleteTable(FirewallLayout.Table);
        }
        Write(transaction, FirewallLayout.Table, FirewallLayout.Sets, FirewallLayout.Chains, FirewallRules.All);
        Write(transaction, SpoofGuard.Table, SpoofGuard.Sets, SpoofGuard.Chains, SpoofGuard.Rules);
        Add(transaction, wanted.Elements().Select(element => element with { IsExclusive = false }));
        try
        {
            transaction.Commit();
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
        {
            throw new FirewallUnavailableException(s_notOurs, error);
        }
        catch (NetlinkException error) when (error.Errno is Errno.EOPNOTSUPP or Errno.EINVAL or Errno.ENOENT or Errno.EAFNOSUPPORT)
        {
            throw Lacking(error);
        }
    }

    /// <summary>Finds out, before anything is changed, whether the tables are there or can be made.</summary>
    /// <param name="open">Opens or gives the socket.</param>
    /// <exception cref="FirewallUnavailableException">The kernel has no nf_tables, or something else has the table's name.</exception>
    public static void Probe(Func<NetfilterSocket> open)
    {
        try
        {
            NetfilterSocket netfilter = open();
            if (netfilter.TryGetTable(FirewallLayout.Table) is not null && !IsOurs(netfilter))
            {
                throw new FirewallUnavailableException(s_notOurs);
            }
        }
        catch (KernelException error) when (error.Errno is Errno.EPROTONOSUPPORT or Errno.EOPNOTSUPP or Errno.EINVAL)
        {
            throw Lacking(error);
        }
    }

    /// <summary>Says that somebody else's table has our name.</summary>
    /// <exception cref="FirewallUnavailableException">Always.</exception>
    [DoesNotReturn]
    public static void RefuseForeign() => throw new FirewallUnavailableException(s_notOurs);

    /// <summary>Whether both tables of ours are there.</summary>
    public static bool IsThere(NetfilterSocket netfilter) => IsOurs(netfilter) && netfilter.TryGetSet(SpoofGuard.Table, SpoofGuard.Ports) is not null;

    /// <summary>Puts elements into the tables; what is there already is fine, but for what belongs to one owner.</summary>
    /// <returns>False if there is no table.</returns>
    /// <exception cref="NetlinkException">EEXIST if an exclusive one is there.</exception>
    public static bool TryAdd(NetfilterSocket netfilter, IEnumerable<TableElement> elements)
    {
        NftTransaction transaction = netfilter.Transaction();
        Add(transaction, elements);
        return TryCommit(transaction);
    }

    /// <summary>Takes elements out of the tables, and puts others in their place; gone already is fine.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="ending">Those to end.</param>
    /// <param name="coming">Those to come.</param>
    /// <param name="owner">Whose the exclusive ones are to be; those of others stay.</param>
    /// <param name="isCertain">Whether they surely are the owner's and there; else each is looked at before.</param>
    public static void Exchange(
        NetfilterSocket netfilter, IReadOnlyCollection<TableElement> ending, IReadOnlyCollection<TableElement> coming, string owner, bool isCertain)
    {
        if (!isCertain || !TryExchange(netfilter, ending, coming))
        {
            _ = TryExchange(netfilter, [.. ending.Where(element => IsThere(netfilter, element, owner))], coming);
        }
    }

    /// <summary>Takes elements out of the tables, and puts others in their place, all or none.</summary>
    /// <returns>False if one is not there: then nothing was done.</returns>
    public static bool TryExchange(NetfilterSocket netfilter, IReadOnlyCollection<TableElement> ending, IReadOnlyCollection<TableElement> coming)
    {
        NftTransaction transaction = netfilter.Transaction();
        Delete(transaction, ending);
        Add(transaction, coming);
        return TryCommit(transaction);
    }

    /// <summary>Puts a network under the rules, as it now is; done already is fine.</summary>
    /// <returns>False if there is no table.</returns>
    public static bool TryAddNetwork(NetfilterSocket netfilter, NetworkDefinition network) => TryAdd(netfilter, NetworkElements.Of(network));

    /// <summary>Takes a network from under the rules, and the tables with the last one, whosever it is; gone already is fine.</summary>
    public static void RemoveNetwork(NetfilterSocket netfilter, NetworkDefinition network)
    {
        if (!IsOurs(netfilter))
        {
            return;
        }
        NftValue bridge = NftValue.Interface(network.Device.GetValueOrDefault());
        bool isLast = netfilter.ListElements(FirewallLayout.Table, FirewallLayout.Bridges).All(other => other.Key == bridge);
        NftTransaction transaction = netfilter.Transaction();
        if (isLast)
        {
            transaction.DeleteTable(FirewallLayout.Table);
            transaction.AddTable(new NftTable { Id = SpoofGuard.Table }).DeleteTable(SpoofGuard.Table);
        }
        else
        {
            TableElement[] elements = [.. NetworkElements.Of(network)];
            Add(transaction, elements); // so that all of it is there to be deleted, also if somebody deleted a part
            Delete(transaction, elements);
        }
        _ = TryCommit(transaction);
    }

    /// <summary>Whether the table of our name is ours, whole or in part: nobody else has these sets.</summary>
    public static bool IsOurs(NetfilterSocket netfilter) =>
        (netfilter.TryGetSet(FirewallLayout.Table, FamilySets.V4.Claims[0]) ?? netfilter.TryGetSet(FirewallLayout.Table, FirewallLayout.Bridges)) is not null;

    private static bool IsThere(NetfilterSocket netfilter, TableElement element, string owner) =>
        netfilter.TryGetElement(element.Table, element.Set, element.Element.Key, element.Element.IsIntervalEnd) is { } found
        && found.Key == element.Element.Key && found.KeyEnd == element.Element.KeyEnd
        && (found.Comment is null || string.Equals(found.Comment, owner, StringComparison.Ordinal));

    private static FirewallUnavailableException Lacking(KernelException error) => new(
        $"the kernel cannot do them ({error.Message}): it needs nf_tables with inet, bridge, nat, fib and masquerade "
        + "(CONFIG_NF_TABLES_INET, CONFIG_NF_TABLES_BRIDGE, CONFIG_NFT_NAT, CONFIG_NFT_FIB_INET, CONFIG_NFT_MASQ)",
        error);

    private static void Write(
        NftTransaction transaction, NftTableId table, ValueList<NftSet> sets, ValueList<NftChain> chains, ValueList<NftRule> rules)
    {
        transaction.CreateTable(new NftTable { Id = table });
        foreach (NftSet set in sets)
        {
            transaction.AddSet(set);
        }
        foreach (NftChain chain in chains)
        {
            transaction.AddChain(chain);
        }
        foreach (NftRule rule in rules)
        {
            transaction.AddRule(rule);
        }
    }

    private static void Add(NftTransaction transaction, IEnumerable<TableElement> elements)
    {
        foreach (IGrouping<(NftTableId Table, string Set, bool IsExclusive), TableElement> group in elements.GroupBy(e => (e.Table, e.Set, e.IsExclusive)))
        {
            NftElement[] members = [.. group.Select(element => element.Element)];
            transaction.AddElements(group.Key.Table, group.Key.Set, members, group.Key.IsExclusive);
        }
    }

    private static void Delete(NftTransaction transaction, IEnumerable<TableElement> elements)
    {
        foreach (IGrouping<(NftTableId Table, string Set), TableElement> group in elements.GroupBy(e => (e.Table, e.Set)))
        {
            NftElement[] members = [.. group.Select(element => element.Element)];
            transaction.DeleteElements(group.Key.Table, group.Key.Set, members);
        }
    }

    /// <returns>False if a table, or a thing in it, is not there: then nothing was done.</returns>
    private static bool TryCommit(NftTransaction transaction)
    {
        try
        {
            transaction.Commit();
            return true;
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT)
        {
            return false;
        }
    }
}
