using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>Published ports in the tables: who has which, and how they end.</summary>
internal static class PublishedPorts
{
    /// <summary>How often a deletion is tried again because the ruleset changed while it was made up.</summary>
    private const int Attempts = 16;

    /// <summary>The id of the endpoint that a port, or one that cannot be beside it, is published for; null if it can be published.</summary>
    public static string? HolderOf(NetfilterSocket netfilter, PublishedPort port)
    {
        if (netfilter.TryGetElement(FirewallLayout.Table, FirewallLayout.Claims, PublicationElements.ClaimKey(port)) is not { } claim)
        {
            return null;
        }
        bool everywhere = claim.Data == NftValue.UInt32(FirewallLayout.EveryAddress);
        if (everywhere || !port.IsWildcard)
        {
            PublishedPort asked = everywhere ? port.Everywhere() : port;
            return netfilter.TryGetElement(FirewallLayout.Table, PublicationElements.MapOf(asked), PublicationElements.Key(asked)) is { } element
                ? element.Comment ?? "unknown"
                : everywhere ? "unknown" : null;
        }
        return Others(netfilter, port).Select(element => element.Comment).FirstOrDefault() ?? "unknown";
    }

    /// <summary>Whether the kernel has a publication as it is, for the same owner and leading to the same port.</summary>
    public static bool IsThere(NetfilterSocket netfilter, Publication publication)
    {
        NftElement wanted = PublicationElements.Target(publication);
        return netfilter.TryGetElement(FirewallLayout.Table, PublicationElements.MapOf(publication.Port), wanted.Key) is { } there
            && there.Data == wanted.Data
            && string.Equals(there.Comment, wanted.Comment, StringComparison.Ordinal);
    }

    /// <summary>Takes publications back; gone already is fine.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="ending">Those to end.</param>
    /// <param name="staying">The others of the same endpoint, which may share elements with them.</param>
    /// <param name="rest">What else is to go in the same transaction.</param>
    /// <param name="owner">The endpoint's id.</param>
    /// <param name="isCertain">Whether they surely are the owner's; else each is looked at before.</param>
    public static void Remove(
        NetfilterSocket netfilter,
        IReadOnlyCollection<Publication> ending,
        IReadOnlyCollection<Publication> staying,
        IEnumerable<TableElement> rest,
        string owner,
        bool isCertain)
    {
        HashSet<(NftTableId, string, NftValue, NftValue?, bool)> shared = [.. staying.SelectMany(PublicationElements.Of).Select(element => element.Identity)];
        TableElement[] elements =
        [
            .. ending.SelectMany(PublicationElements.Of).Where(element => !IsClaim(element)).Concat(rest)
                .Where(element => !shared.Contains(element.Identity))
                .DistinctBy(element => element.Identity),
        ];
        PublishedPort[] ports = [.. ending.Where(publication => !publication.IsRouted).Select(publication => publication.Port)];
        IEnumerable<TableElement> claims = ports.Where(port => port.IsWildcard && (isCertain || IsOwn(netfilter, port, owner))).Select(PublicationElements.Claim);
        FirewallTable.Remove(netfilter, [.. elements, .. claims], owner, isCertain);
        ReleaseSingle(netfilter, ports);
    }

    /// <summary>Takes publications of several owners back, which surely are theirs, with the rest of what these have, in one transaction.</summary>
    /// <returns>False if something of it is not there: then nothing was done.</returns>
    public static bool TryRemove(NetfilterSocket netfilter, IReadOnlyCollection<Publication> ending, IReadOnlyCollection<TableElement> rest)
    {
        PublishedPort[] ports = [.. ending.Where(publication => !publication.IsRouted).Select(publication => publication.Port)];
        TableElement[] elements =
        [
            .. ending.SelectMany(PublicationElements.Of).Where(element => !IsClaim(element))
                .Concat(rest)
                .Concat(ports.Where(port => port.IsWildcard).Select(PublicationElements.Claim))
                .DistinctBy(element => element.Identity),
        ];
        if (!FirewallTable.TryDelete(netfilter, elements))
        {
            return false;
        }
        ReleaseSingle(netfilter, ports);
        return true;
    }

    private static bool IsClaim(TableElement element) => string.Equals(element.Set, FirewallLayout.Claims, StringComparison.Ordinal);

    private static void ReleaseSingle(NetfilterSocket netfilter, PublishedPort[] ports)
    {
        foreach (IGrouping<FamilySets, PublishedPort> family in ports.Where(port => !port.IsWildcard).GroupBy(port => FamilySets.Of(port.HostAddress)))
        {
            ReleaseShared(netfilter, family.Key, [.. family.DistinctBy(PublicationElements.ClaimKey)]);
        }
    }

    private static bool IsOwn(NetfilterSocket netfilter, PublishedPort port, string owner) =>
        string.Equals(HolderOf(netfilter, port), owner, StringComparison.Ordinal);

    /// <summary>
    /// A port at one address shares its claim with the same port at others: it goes with the last of them. The map is listed once for all of
    /// them, and its generation makes the look and the deletion one step.
    /// </summary>
    private static void ReleaseShared(NetfilterSocket netfilter, FamilySets family, PublishedPort[] ports)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            uint generation = netfilter.Generation();
            TableElement[] orphans = Orphans(netfilter, family, ports);
            if (orphans.Length == 0)
            {
                return;
            }
            try
            {
                netfilter.Transaction(generation)
                    .DeleteElements(FirewallLayout.Table, FirewallLayout.Claims, [.. orphans.Select(claim => claim.Element)])
                    .Commit();
                return;
            }
            catch (NetlinkException error) when (error.Errno is Errno.ENOENT)
            {
                // somebody released one of them already: the others are still to go
                ports = [.. ports.Where(port => netfilter.TryGetElement(FirewallLayout.Table, FirewallLayout.Claims, PublicationElements.ClaimKey(port)) is not null)];
            }
            catch (NetlinkException error) when (error.Errno is Errno.ERESTART)
            {
                // somebody changed the ruleset: look again
            }
        }
    }

    /// <summary>The claims of ports that are published at no single address any more.</summary>
    private static TableElement[] Orphans(NetfilterSocket netfilter, FamilySets family, PublishedPort[] ports)
    {
        if (ports.Length == 0 || netfilter.TryGetSet(FirewallLayout.Table, FirewallLayout.Claims) is null)
        {
            return [];
        }
        int address = PublicationElements.Key(ports[0]).Length - Tail(ports[0]).Length;
        HashSet<NftValue> living = [.. netfilter.ListElements(FirewallLayout.Table, family.Publish).Select(element => new NftValue(element.Key.Bytes[address..]))];
        return [.. ports.Where(port => !living.Contains(Tail(port))).Select(PublicationElements.Claim)];
    }

    /// <summary>The end of a key of the map of single addresses: protocol and port.</summary>
    private static NftValue Tail(PublishedPort port) => PublicationElements.Key(port.Everywhere());

    /// <summary>The publications of the same port at single addresses.</summary>
    private static IEnumerable<NftElement> Others(NetfilterSocket netfilter, PublishedPort port)
    {
        byte[] tail = Tail(port).Bytes.ToArray();
        return netfilter.TryGetSet(FirewallLayout.Table, FirewallLayout.Claims) is null ? []
            : netfilter.ListElements(FirewallLayout.Table, FamilySets.Of(port.HostAddress).Publish).Where(element => element.Key.Bytes.EndsWith(tail));
    }
}
