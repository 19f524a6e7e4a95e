using System.Buffers.Binary;

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
    /// <param name="netfilter">The socket.</param>
    /// <param name="port">The port; of a range, the first that is published counts.</param>
    public static string? HolderOf(NetfilterSocket netfilter, PublishedPort port) => HolderOf(netfilter, port, out _);

    /// <inheritdoc cref="HolderOf(NetfilterSocket, PublishedPort)"/>
    /// <param name="netfilter">The socket.</param>
    /// <param name="port">The port; of a range, the first that is published counts.</param>
    /// <param name="one">Of a range, that port.</param>
    public static string? HolderOf(NetfilterSocket netfilter, PublishedPort port, out PublishedPort one)
    {
        one = port;
        if (FirstClaimed(netfilter, port) is not { } claim)
        {
            return null;
        }
        one = port.Part(claim.Port - port.HostPort, 1);
        bool everywhere = claim.Data == NftValue.UInt32(FirewallLayout.EveryAddress);
        if (everywhere || !port.IsWildcard)
        {
            return Leading(netfilter, everywhere ? one.Everywhere() : one) is { } element ? element.Comment ?? "unknown" : everywhere ? "unknown" : null;
        }
        return PortsAtAddresses.Read(netfilter, FamilySets.Of(port.HostAddress))?.Contains(one, out string? owner) is true ? owner ?? "unknown" : "unknown";
    }

    /// <summary>Whether the kernel has a publication as it is, for the same owner and leading to the same ports.</summary>
    public static bool IsThere(NetfilterSocket netfilter, Publication publication) => PublicationElements.Targets(publication).All(wanted =>
        netfilter.TryGetElement(wanted.Table, wanted.Set, wanted.Element.Key) is { } there
        && there.Key == wanted.Element.Key
        && there.KeyEnd == wanted.Element.KeyEnd
        && there.Data == wanted.Element.Data
        && string.Equals(there.Comment, wanted.Element.Comment, StringComparison.Ordinal));

    /// <summary>Makes of an endpoint's publications others, which is to take some of them back; gone already is fine.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="before">All that it has.</param>
    /// <param name="after">All that it is to have: of those before some, or parts of them.</param>
    /// <param name="rest">What else is to go in the same transaction.</param>
    /// <param name="owner">The endpoint's id.</param>
    /// <param name="isCertain">Whether they surely are the owner's; else each is looked at before.</param>
    public static void Change(
        NetfilterSocket netfilter,
        IReadOnlyCollection<Publication> before,
        IReadOnlyCollection<Publication> after,
        IEnumerable<TableElement> rest,
        string owner,
        bool isCertain)
    {
        Publication[] own = [.. before.Where(publication => isCertain || publication.IsRouted || !publication.Port.IsWildcard || IsOwn(netfilter, publication.Port, owner))];
        HashSet<(NftTableId, string, NftValue, NftValue?, bool)> had = [.. ElementsOf(before).Select(element => element.Identity)];
        HashSet<(NftTableId, string, NftValue, NftValue?, bool)> kept = [.. ElementsOf(after).Select(element => element.Identity)];
        TableElement[] ending =
        [
            .. ElementsOf(before).Where(element => !IsClaim(element)).Concat(ElementsOf(own).Where(IsClaim)).Concat(rest)
                .Where(element => !kept.Contains(element.Identity))
                .DistinctBy(element => element.Identity),
        ];
        TableElement[] coming = [.. ElementsOf(after).Where(element => !had.Contains(element.Identity)).Select(element => element with { IsExclusive = false })];
        FirewallTable.Exchange(netfilter, ending, coming, owner, isCertain);
        HashSet<PublishedPort> staying = [.. SinglesOf(after)];
        ReleaseSingle(netfilter, [.. SinglesOf(before).Where(port => !staying.Contains(port))]);
    }

    /// <summary>Takes publications of several owners back, which surely are theirs, with the rest of what these have, in one transaction.</summary>
    /// <returns>False if something of it is not there: then nothing was done.</returns>
    public static bool TryRemove(NetfilterSocket netfilter, IReadOnlyCollection<Publication> ending, IReadOnlyCollection<TableElement> rest)
    {
        if (!FirewallTable.TryExchange(netfilter, [.. ElementsOf(ending).Concat(rest).DistinctBy(element => element.Identity)], []))
        {
            return false;
        }
        ReleaseSingle(netfilter, [.. SinglesOf(ending)]);
        return true;
    }

    /// <summary>The element by which a port is led to a container.</summary>
    private static NftElement? Leading(NetfilterSocket netfilter, PublishedPort port)
    {
        NftValue key = PublicationElements.Key(port);
        return netfilter.TryGetElement(FirewallLayout.Table, PublicationElements.MapOf(port), key)
            ?? (port.IsWildcard ? netfilter.TryGetElement(FirewallLayout.Table, FamilySets.Of(port.HostAddress).PublishRanges, key) : null);
    }

    /// <summary>The first port of a range, or the one port, that is published at all, and at which addresses.</summary>
    private static (int Port, NftValue? Data)? FirstClaimed(NetfilterSocket netfilter, PublishedPort port)
    {
        string claims = PublicationElements.ClaimsOf(port);
        if (port.Count == 1)
        {
            return netfilter.TryGetElement(FirewallLayout.Table, claims, NftValue.Port((ushort)port.HostPort)) is { } claim ? (port.HostPort, claim.Data) : null;
        }
        if (netfilter.TryGetSet(FirewallLayout.Table, claims) is null)
        {
            return null;
        }
        NftElement[] bounds = [.. netfilter.ListElements(FirewallLayout.Table, claims).OrderBy(bound => PortOf(bound)).ThenBy(bound => !bound.IsIntervalEnd)];
        for (int i = 0; i < bounds.Length; i++)
        {
            int begin = PortOf(bounds[i]), behind = i + 1 < bounds.Length ? PortOf(bounds[i + 1]) : ushort.MaxValue + 1;
            if (!bounds[i].IsIntervalEnd && begin < port.HostPort + port.Count && behind > port.HostPort)
            {
                return (Math.Max(begin, port.HostPort), bounds[i].Data);
            }
        }
        return null;
    }

    private static int PortOf(NftElement bound) => BinaryPrimitives.ReadUInt16BigEndian(bound.Key.Bytes);

    private static IEnumerable<TableElement> ElementsOf(IEnumerable<Publication> publications) =>
        publications.SelectMany(PublicationElements.Of).Where(element => !IsClaim(element) || element.IsExclusive);

    private static IEnumerable<PublishedPort> SinglesOf(IEnumerable<Publication> publications) =>
        publications.Where(publication => publication is { IsRouted: false, Port.IsWildcard: false }).SelectMany(publication => publication.Port.Each());

    private static bool IsClaim(TableElement element) => element.Set.StartsWith(FamilySets.ClaimsPrefix, StringComparison.Ordinal);

    private static void ReleaseSingle(NetfilterSocket netfilter, PublishedPort[] ports)
    {
        foreach (IGrouping<FamilySets, PublishedPort> family in ports.GroupBy(port => FamilySets.Of(port.HostAddress)))
        {
            ReleaseShared(netfilter, family.Key, [.. family.DistinctBy(port => (port.Protocol, port.HostPort))]);
        }
    }

    /// <summary>Those of a range were published together, so that the first tells of all.</summary>
    private static bool IsOwn(NetfilterSocket netfilter, PublishedPort port, string owner) =>
        string.Equals(HolderOf(netfilter, port.Part(0, 1)), owner, StringComparison.Ordinal);

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
                NftTransaction transaction = netfilter.Transaction(generation);
                foreach (IGrouping<string, TableElement> set in orphans.GroupBy(claim => claim.Set, StringComparer.Ordinal))
                {
                    transaction.DeleteElements(FirewallLayout.Table, set.Key, [.. set.Select(claim => claim.Element)]);
                }
                transaction.Commit();
                return;
            }
            catch (NetlinkException error) when (error.Errno is Errno.ENOENT)
            {
                // somebody released one of them already: the others are still to go
                ports = [.. ports.Where(port => FirstClaimed(netfilter, port) is not null)];
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
        return ports.Length > 0 && PortsAtAddresses.Read(netfilter, family) is { } living
            ? [.. ports.Where(port => !living.Contains(port, out _)).SelectMany(PublicationElements.Claims)]
            : [];
    }
}
