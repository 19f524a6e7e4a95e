using BridgeNet.Netlink.Netfilter;
using BridgeNet.State;

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

    /// <summary>
    /// Whether the kernel has a port of an endpoint as it is, for the same owner and leading to the same ports; of a routed network's, whether it
    /// is let in.
    /// </summary>
    public static bool IsThere(NetfilterSocket netfilter, EndpointState endpoint, PublishedPort port) =>
        (port.HostPort > 0 ? PortElements.Targets(endpoint, port) : PortElements.Of(endpoint, port)).All(wanted =>
            netfilter.TryGetElement(wanted.Table, wanted.Set, wanted.Element.Key) is { } there
            && there.Key == wanted.Element.Key
            && there.KeyEnd == wanted.Element.KeyEnd
            && there.Data == wanted.Element.Data
            && string.Equals(there.Comment, wanted.Element.Comment, StringComparison.Ordinal));

    /// <summary>Takes some of an endpoint's published ports back; gone already is fine.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="endpoint">The endpoint with all ports that it has.</param>
    /// <param name="after">All that it is to have: of those before some, or parts of them.</param>
    /// <param name="rest">What else is to go in the same transaction.</param>
    /// <param name="isCertain">Whether they surely are the endpoint's; else each is looked at before.</param>
    public static void Change(
        NetfilterSocket netfilter, EndpointState endpoint, IReadOnlyCollection<PublishedPort> after, IEnumerable<TableElement> rest, bool isCertain)
    {
        IReadOnlyCollection<PublishedPort> before = endpoint.Ports;
        HashSet<ElementIdentity> had = [.. ElementsOf(endpoint, before).Select(element => element.Identity)];
        HashSet<ElementIdentity> kept = [.. ElementsOf(endpoint, after).Select(element => element.Identity)];
        TableElement[] coming =
        [
            .. from element in ElementsOf(endpoint, after)
               where !had.Contains(element.Identity)
               select element with { IsExclusive = false },
        ];
        if (!isCertain || !FirewallTable.TryExchange(netfilter, Ending(ElementsOf(endpoint, before)), coming))
        {
            IEnumerable<TableElement> unclaimed = ElementsOf(endpoint, before).Where(element => !IsClaim(element));
            TableElement[] ending = Ending(unclaimed.Concat(OwnClaims(netfilter, endpoint, isCertain)));
            FirewallTable.Exchange(netfilter, ending, coming, endpoint.Id, isCertain: false);
        }
        HashSet<PublishedPort> staying = [.. SinglesOf(after)];
        ReleaseSingle(netfilter, [.. SinglesOf(before).Where(port => !staying.Contains(port))]);

        TableElement[] Ending(IEnumerable<TableElement> elements) =>
            [.. elements.Concat(rest).Where(element => !kept.Contains(element.Identity)).DistinctBy(element => element.Identity)];
    }

    /// <summary>Takes all published ports of endpoints back, which surely are theirs, with the rest of what these have, in one transaction.</summary>
    /// <returns>False if something of it is not there: then nothing was done.</returns>
    public static bool TryRemove(NetfilterSocket netfilter, IReadOnlyCollection<EndpointState> endpoints, IReadOnlyCollection<TableElement> rest)
    {
        IEnumerable<TableElement> ending = endpoints.SelectMany(endpoint => ElementsOf(endpoint, endpoint.Ports)).Concat(rest);
        if (!FirewallTable.TryExchange(netfilter, [.. ending.DistinctBy(element => element.Identity)], []))
        {
            return false;
        }
        ReleaseSingle(netfilter, [.. endpoints.SelectMany(endpoint => SinglesOf(endpoint.Ports))]);
        return true;
    }

    /// <summary>The element by which a port is led to a container.</summary>
    private static NftElement? Leading(NetfilterSocket netfilter, PublishedPort port)
    {
        NftValue key = PortElements.Key(port);
        return netfilter.TryGetElement(FirewallLayout.Table, PortElements.MapOf(port), key)
            ?? (port.IsWildcard ? netfilter.TryGetElement(FirewallLayout.Table, FamilySets.Of(port.HostAddress).PublishRanges, key) : null);
    }

    /// <summary>The claims on a port or a range: from which port of it, and whether for every address.</summary>
    private static IEnumerable<(int Port, bool IsEverywhere)> ClaimsOn(NetfilterSocket netfilter, PublishedPort port)
    {
        if (port.Count > 1)
        {
            return PortClaims.Read(netfilter, port).On(port);
        }
        NftElement? claim = netfilter.TryGetElement(FirewallLayout.Table, PortElements.ClaimsOf(port), NftValue.Port((ushort)port.HostPort));
        return claim is null ? [] : [(port.HostPort, claim.Data == NftValue.UInt32(FirewallLayout.EveryAddress))];
    }

    /// <summary>Claims for every address whose target is the owner's, or missing if the record is certain.</summary>
    private static IEnumerable<TableElement> OwnClaims(NetfilterSocket netfilter, EndpointState endpoint, bool isCertain)
    {
        foreach (PublishedPort port in endpoint.Ports.Where(port => port is { HostPort: > 0, IsWildcard: true }))
        {
            string? holder = HolderOf(netfilter, port.Part(0, 1)); // a range was published at once: its first port tells of all
            if (string.Equals(holder, endpoint.Id, StringComparison.Ordinal) || (isCertain && holder is Nobody))
            {
                PortClaims there = PortClaims.Read(netfilter, port);
                foreach (TableElement claim in PortElements.Claims(port).Where(there.Has))
                {
                    yield return claim;
                }
            }
        }
    }

    private static IEnumerable<TableElement> ElementsOf(EndpointState endpoint, IEnumerable<PublishedPort> ports) =>
        ports.SelectMany(port => PortElements.Of(endpoint, port)).Where(element => !IsClaim(element) || element.IsExclusive);

    private static IEnumerable<PublishedPort> SinglesOf(IEnumerable<PublishedPort> ports) =>
        ports.Where(port => port is { HostPort: > 0, IsWildcard: false }).SelectMany(port => port.Each());

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
                .SelectMany(PortElements.Claims));
        }
        return [.. orphans];
    }
}
