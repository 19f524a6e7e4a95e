using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

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
        _ = isOurs ? DeleteTables(transaction) : DeleteGuard(transaction);
        DriverTables.Inet.Create(transaction);
        DriverTables.Bridge.Create(transaction);
        transaction.AddElements([.. wanted.Elements().Select(element => element with { IsExclusive = false })]);
        try
        {
            transaction.Commit();
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST && IsForeign(netfilter))
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
            _ = RulesetRetry.Run(netfilter, generation =>
            {
                if (IsForeign(netfilter))
                {
                    RulesetRetry.ThrowIfChanged(netfilter, generation);
                    RefuseForeign();
                }
                return true;
            });
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
        ReadOnlySpan<TableElement> all = elements switch
        {
            TableElement[] array => array,
            List<TableElement> list => CollectionsMarshal.AsSpan(list),
            _ => [.. elements],
        };
        return TryCommit(netfilter.Transaction().AddElements(all));
    }

    /// <summary>Takes elements out of the tables, and puts others in their place; gone already is fine.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="ending">Those to end.</param>
    /// <param name="coming">Those to come.</param>
    /// <param name="owner">Whose the exclusive ones are to be; those of others stay.</param>
    /// <param name="isCertain">Whether they surely are the owner's and there; else each is looked at before.</param>
    /// <exception cref="NetlinkException">The kernel refused, or what is to come has no set.</exception>
    public static void Exchange(
        NetfilterSocket netfilter, IReadOnlyCollection<TableElement> ending, IReadOnlyCollection<TableElement> coming, string owner, bool isCertain)
    {
        if (isCertain && TryExchange(netfilter, ending, coming))
        {
            return;
        }
        try
        {
            RulesetRetry.Change(netfilter, transaction => transaction
                .DeleteElements([.. ending.DistinctBy(element => element.Identity).Where(element => IsThere(netfilter, element, owner))])
                .AddElements([.. coming]));
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT && !IsThere(netfilter))
        {
            // somebody deleted a table: a repair makes it with what the records say by then
        }
    }

    /// <summary>Takes elements out of the tables, and puts others in their place, all or none.</summary>
    /// <returns>False if one is not there: then nothing was done.</returns>
    public static bool TryExchange(NetfilterSocket netfilter, IReadOnlyCollection<TableElement> ending, IReadOnlyCollection<TableElement> coming) =>
        TryCommit(netfilter.Transaction()
            .DeleteElements(ending as TableElement[] ?? [.. ending])
            .AddElements(coming as TableElement[] ?? [.. coming]));

    /// <summary>Puts a network under the rules, as it now is; done already is fine.</summary>
    /// <returns>False if there is no table.</returns>
    public static bool TryAddNetwork(NetfilterSocket netfilter, NetworkDefinition network) => TryAdd(netfilter, NetworkElements.Of(network));

    /// <summary>Takes a network from under the rules, and the tables with the last one; gone already is fine.</summary>
    /// <param name="netfilter">Of the host's namespace.</param>
    /// <param name="network">The network.</param>
    /// <param name="isAlone">Whether there is no record of another one. The tables stay too while they have the bridge of somebody else's.</param>
    public static void RemoveNetwork(NetfilterSocket netfilter, NetworkDefinition network, bool isAlone = true)
    {
        if (!IsOurs(netfilter))
        {
            return;
        }
        NftValue bridge = NftValue.Interface(network.Device.GetValueOrDefault());
        bool isLast = isAlone && netfilter.ListElements(FirewallLayout.Table, FirewallLayout.Bridges).All(other => other.Key == bridge);
        NftTransaction transaction = netfilter.Transaction();
        if (isLast)
        {
            DeleteTables(transaction);
        }
        else
        {
            TableElement[] elements = [.. NetworkElements.Of(network)];
            // Somebody may have deleted a part: all of it is added, so that all of it can be deleted.
            transaction.AddElements(elements).DeleteElements(elements);
        }
        _ = TryCommit(transaction);
    }

    /// <summary>Writes what deletes both tables, of which inet's is there.</summary>
    public static NftTransaction DeleteTables(NftTransaction transaction) => DeleteGuard(transaction).DeleteTable(FirewallLayout.Table);

    /// <summary>Whether the table of our name is ours, whole or in part: nobody else has these sets.</summary>
    public static bool IsOurs(NetfilterSocket netfilter) =>
        netfilter.TryGetSet(FirewallLayout.Table, FamilySets.V4.Claims[0]) is not null
        || netfilter.TryGetSet(FirewallLayout.Table, FirewallLayout.Bridges) is not null;

    private static bool IsForeign(NetfilterSocket netfilter) => netfilter.TryGetTable(FirewallLayout.Table) is not null && !IsOurs(netfilter);

    private static bool IsThere(NetfilterSocket netfilter, TableElement element, string owner) =>
        netfilter.TryGetElement(element.Table, element.Set, element.Element.Key, element.Element.IsIntervalEnd) is { } found
        && found.Key == element.Element.Key && found.KeyEnd == element.Element.KeyEnd
        && (found.Comment is null || string.Equals(found.Comment, owner, StringComparison.Ordinal));

    private static FirewallUnavailableException Lacking(KernelException error) => new(
        $"the kernel cannot do them ({error.Message}): it needs nf_tables with inet, bridge, nat, fib and masquerade "
        + "(CONFIG_NF_TABLES_INET, CONFIG_NF_TABLES_BRIDGE, CONFIG_NFT_NAT, CONFIG_NFT_FIB_INET, CONFIG_NFT_MASQ)",
        error);

    private static NftTransaction DeleteGuard(NftTransaction transaction) =>
        transaction.AddTable(new NftTable { Id = SpoofGuard.Table }).DeleteTable(SpoofGuard.Table);

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
