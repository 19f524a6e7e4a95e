using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>Published ports in the tables: who has which, and how they end.</summary>
internal static class PublishedPorts
{
    /// <summary>Who has a port that is claimed and leads to no container: somebody took a part of it away.</summary>
    private const string Nobody = "unknown";

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
        foreach ((int number, bool isEverywhere) in ClaimsOn(netfilter, port))
        {
            one = port.Part(number - port.HostPort, 1);
            if (isEverywhere)
            {
                return Leading(netfilter, one.Everywhere())?.Comment ?? Nobody;
            }
            if (port.IsWildcard)
            {
                PortsAtAddresses? living = PortsAtAddresses.Read(netfilter, FamilySets.Of(port.HostAddress));
                return living is not null && living.Contains(one, out string? owner) ? owner ?? Nobody : Nobody;
            }
            if (Leading(netfilter, one) is { } element)
            {
                return element.Comment ?? Nobody;
            }
        }
        one = port;
        return null;
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
        HashSet<ElementIdentity> had = [.. ElementsOf(before).Select(element => element.Identity)];
        HashSet<ElementIdentity> kept = [.. ElementsOf(after).Select(element => element.Identity)];
        TableElement[] coming =
        [
            .. from element in ElementsOf(after)
               where !had.Contains(element.Identity)
               select element with { IsExclusive = false },
        ];
        if (!isCertain || !FirewallTable.TryExchange(netfilter, Ending(ElementsOf(before)), coming))
        {
            IEnumerable<TableElement> unclaimed = ElementsOf(before).Where(element => !IsClaim(element));
            TableElement[] ending = Ending(unclaimed.Concat(OwnClaims(netfilter, before, owner, isCertain)));
            FirewallTable.Exchange(netfilter, ending, coming, owner, isCertain: false);
        }
        HashSet<PublishedPort> staying = [.. SinglesOf(after)];
        ReleaseSingle(netfilter, [.. SinglesOf(before).Where(port => !staying.Contains(port))]);

        TableElement[] Ending(IEnumerable<TableElement> elements) =>
            [.. elements.Concat(rest).Where(element => !kept.Contains(element.Identity)).DistinctBy(element => element.Identity)];
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

    /// <summary>The claims on a port or a range: from which port of it, and whether for every address.</summary>
    private static IEnumerable<(int Port, bool IsEverywhere)> ClaimsOn(NetfilterSocket netfilter, PublishedPort port)
    {
        if (port.Count > 1)
        {
            return PortClaims.Read(netfilter, port).On(port);
        }
        NftElement? claim = netfilter.TryGetElement(FirewallLayout.Table, PublicationElements.ClaimsOf(port), NftValue.Port((ushort)port.HostPort));
        return claim is null ? [] : [(port.HostPort, claim.Data == NftValue.UInt32(FirewallLayout.EveryAddress))];
    }

    /// <summary>Claims for every address whose target is the owner's, or missing if the record is certain.</summary>
    private static IEnumerable<TableElement> OwnClaims(NetfilterSocket netfilter, IEnumerable<Publication> publications, string owner, bool isCertain)
    {
        foreach (Publication publication in publications.Where(publication => publication is { IsRouted: false, Port.IsWildcard: true }))
        {
            string? holder = HolderOf(netfilter, publication.Port.Part(0, 1)); // a range was published at once: its first port tells of all
            if (string.Equals(holder, owner, StringComparison.Ordinal) || (isCertain && holder is Nobody))
            {
                PortClaims there = PortClaims.Read(netfilter, publication.Port);
                foreach (TableElement claim in PublicationElements.Claims(publication.Port).Where(there.Has))
                {
                    yield return claim;
                }
            }
        }
    }

    private static IEnumerable<TableElement> ElementsOf(IEnumerable<Publication> publications) =>
        publications.SelectMany(PublicationElements.Of).Where(element => !IsClaim(element) || element.IsExclusive);

    private static IEnumerable<PublishedPort> SinglesOf(IEnumerable<Publication> publications) =>
        publications
            .Where(publication => publication is { IsRouted: false, Port.IsWildcard: false })
            .SelectMany(publication => publication.Port.Each());

    private static bool IsClaim(TableElement element) => element.Set.StartsWith(FamilySets.ClaimsPrefix, StringComparison.Ordinal);

    private static void ReleaseSingle(NetfilterSocket netfilter, PublishedPort[] ports)
    {
        foreach (IGrouping<FamilySets, PublishedPort> family in ports.GroupBy(port => FamilySets.Of(port.HostAddress)))
        {
            ReleaseShared(netfilter, family.Key, [.. family.DistinctBy(port => (port.Protocol, port.HostPort))]);
        }
    }

    /// <summary>
    /// A port at one address shares its claim with the same port at others: it goes with the last of them. The map is listed once for all of
    /// them, and its generation makes the look and the deletion one step.
    /// </summary>
    private static void ReleaseShared(NetfilterSocket netfilter, FamilySets family, PublishedPort[] ports) =>
        RulesetRetry.Change(netfilter, transaction => transaction.DeleteElements(Orphans(netfilter, family, ports)));

    /// <summary>The claims of ports that are published at no single address any more. One for every address is somebody's, and stays.</summary>
    private static TableElement[] Orphans(NetfilterSocket netfilter, FamilySets family, PublishedPort[] ports)
    {
        if (ports.Length == 0 || PortsAtAddresses.Read(netfilter, family) is not { } living)
        {
            return [];
        }
        List<TableElement> orphans = [];
        foreach (IGrouping<TransportProtocol, PublishedPort> protocol in ports.GroupBy(port => port.Protocol))
        {
            HashSet<int> single = PortClaims.Read(netfilter, protocol.First()).AtSingleAddresses();
            orphans.AddRange(protocol
                .Where(port => single.Contains(port.HostPort) && !living.Contains(port, out _))
                .SelectMany(PublicationElements.Claims));
        }
        return [.. orphans];
    }
}
