using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>What the driver does to the table: each verb is one transaction, whole or nothing.</summary>
internal static class FirewallTable
{
    /// <summary>Makes the table with all that it is to hold.</summary>
    /// <exception cref="FirewallUnavailableException">The kernel has no nf_tables, or something else has the table's name.</exception>
    public static void Create(NetfilterSocket netfilter, FirewallState wanted)
    {
        NftTransaction transaction = netfilter.Transaction();
        FirewallLayout.Write(transaction);
        foreach (ProtectedNetwork network in wanted.Networks)
        {
            WriteNetwork(transaction, network);
        }
        WritePorts(transaction, wanted.Publications, exclusive: false);
        try
        {
            transaction.Commit();
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
        {
            throw new FirewallUnavailableException($"there is a table {FirewallLayout.Table} that BridgeNet did not make: rename or delete it", error);
        }
        catch (NetlinkException error) when (error.Errno is Errno.EOPNOTSUPP or Errno.EINVAL or Errno.ENOENT)
        {
            throw Lacking(error);
        }
    }

    /// <summary>Finds out whether the kernel has nf_tables, before anything is changed.</summary>
    /// <param name="open">Opens or gives the socket.</param>
    /// <exception cref="FirewallUnavailableException">It has not.</exception>
    public static void Probe(Func<NetfilterSocket> open)
    {
        try
        {
            _ = IsThere(open());
        }
        catch (KernelException error) when (error.Errno is Errno.EPROTONOSUPPORT or Errno.EOPNOTSUPP or Errno.EINVAL)
        {
            throw Lacking(error);
        }
    }

    /// <summary>Whether there is a table of ours.</summary>
    public static bool IsThere(NetfilterSocket netfilter) => netfilter.TryGetSet(FirewallLayout.Table, FirewallLayout.PublishAny) is not null;

    /// <summary>Puts a network under the rules; done already is fine.</summary>
    /// <returns>False if there is no table.</returns>
    public static bool TryAddNetwork(NetfilterSocket netfilter, ProtectedNetwork network)
    {
        NftTransaction transaction = netfilter.Transaction();
        WriteNetwork(transaction, network);
        return TryCommit(transaction);
    }

    /// <summary>Takes a network from under the rules, and the table with the last one; gone already is fine.</summary>
    public static void RemoveNetwork(NetfilterSocket netfilter, ProtectedNetwork network, bool isLast)
    {
        NftTransaction transaction = netfilter.Transaction();
        if (isLast)
        {
            transaction.DeleteTable(FirewallLayout.Table);
        }
        else
        {
            transaction
                .DeleteElements(FirewallLayout.Table, FirewallLayout.Bridges, [FirewallElements.Bridge(network)])
                .DeleteElements(FirewallLayout.Table, FirewallLayout.Members, [FirewallElements.Member(network)])
                .DeleteElements(FirewallLayout.Table, FirewallLayout.Homes, [FirewallElements.Home(network)])
                .DeleteElements(FirewallLayout.Table, FirewallLayout.Subnets, FirewallElements.Subnet(network).AsSpan());
        }
        _ = TryCommit(transaction);
    }

    /// <summary>Publishes ports, all or none.</summary>
    /// <returns>False if there is no table.</returns>
    /// <exception cref="NetlinkException">EEXIST if one of them is published already.</exception>
    public static bool TryPublish(NetfilterSocket netfilter, ValueList<Publication> publications)
    {
        NftTransaction transaction = netfilter.Transaction();
        WritePorts(transaction, publications, exclusive: true);
        return TryCommit(transaction);
    }

    /// <summary>Takes published ports back; gone already is fine.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="ports">The ports.</param>
    /// <param name="owner">Whose they are to be.</param>
    /// <param name="isCertain">Whether they surely are the owner's; else each is looked at before.</param>
    public static void Unpublish(NetfilterSocket netfilter, IReadOnlyCollection<PublishedPort> ports, string owner, bool isCertain)
    {
        if (!isCertain || !TryDelete(netfilter, ports))
        {
            PublishedPort[] owned = [.. ports.Where(port => string.Equals(OwnerOf(netfilter, port), owner, StringComparison.Ordinal))];
            _ = TryDelete(netfilter, owned);
        }
    }

    /// <summary>The id of the endpoint for which a port is published; null if it is not published.</summary>
    public static string? OwnerOf(NetfilterSocket netfilter, PublishedPort port) =>
        netfilter.TryGetElement(FirewallLayout.Table, FirewallElements.MapOf(port), FirewallElements.Key(port)) is { } element
            ? element.Comment ?? "unknown"
            : null;

    private static FirewallUnavailableException Lacking(KernelException error) => new(
        $"the kernel cannot do them ({error.Message}): it needs nf_tables with inet, nat, fib and masquerade "
        + "(CONFIG_NF_TABLES_INET, CONFIG_NFT_NAT, CONFIG_NFT_FIB_INET, CONFIG_NFT_MASQ)",
        error);

    private static bool TryDelete(NetfilterSocket netfilter, IReadOnlyCollection<PublishedPort> ports)
    {
        if (ports.Count == 0)
        {
            return true;
        }
        NftTransaction transaction = netfilter.Transaction();
        foreach (IGrouping<string, PublishedPort> map in ports.GroupBy(FirewallElements.MapOf, StringComparer.Ordinal))
        {
            NftElement[] elements = [.. map.Select(port => new NftElement { Key = FirewallElements.Key(port) })];
            transaction.DeleteElements(FirewallLayout.Table, map.Key, elements);
        }
        return TryCommit(transaction);
    }

    private static void WriteNetwork(NftTransaction transaction, ProtectedNetwork network) => transaction
        .AddElements(FirewallLayout.Table, FirewallLayout.Bridges, [FirewallElements.Bridge(network)])
        .AddElements(FirewallLayout.Table, FirewallLayout.Members, [FirewallElements.Member(network)])
        .AddElements(FirewallLayout.Table, FirewallLayout.Homes, [FirewallElements.Home(network)])
        .AddElements(FirewallLayout.Table, FirewallLayout.Subnets, FirewallElements.Subnet(network).AsSpan());

    private static void WritePorts(NftTransaction transaction, ValueList<Publication> publications, bool exclusive)
    {
        foreach (IGrouping<string, Publication> map in publications.GroupBy(publication => FirewallElements.MapOf(publication.Port), StringComparer.Ordinal))
        {
            NftElement[] elements = [.. map.Select(FirewallElements.Port)];
            transaction.AddElements(FirewallLayout.Table, map.Key, elements, exclusive);
        }
    }

    /// <returns>False if the table, or a thing in it, is not there: then nothing was done.</returns>
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
