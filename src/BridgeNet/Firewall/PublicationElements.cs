using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>A published port, or a range of them, as elements of the table. A range at every address that has the same numbers on both sides is a few, however long it is.</summary>
internal static class PublicationElements
{
    /// <summary>All of them.</summary>
    public static IEnumerable<TableElement> Of(Publication publication)
    {
        PublishedPort port = publication.Port;
        if (!publication.IsRouted)
        {
            foreach (TableElement element in Claims(port).Concat(Targets(publication)))
            {
                yield return element;
            }
        }
        FamilySets family = FamilySets.Of(publication.Container);
        bool isRange = port.Count > 1;
        NftElement inside = new() { Key = Inside(new NftKey(), publication, 0), KeyEnd = isRange ? Inside(new NftKey(), publication, port.Count - 1) : null };
        yield return In(isRange ? family.OpenRanges : family.Open, inside with
        {
            Verdict = port.Sources.Count == 0 ? NftVerdict.Accept : NftVerdict.Goto(FirewallLayout.Limits),
        });
        yield return In(isRange ? family.TrafficRanges : family.Traffic, inside);
        foreach (IPNetwork source in port.Sources.Count == 0 ? [] : Widest(port.Sources).Where(source => FamilySets.Of(source.BaseAddress) == family))
        {
            yield return In(family.Admitted, new NftElement
            {
                Key = Inside(new NftKey().Address(source.BaseAddress), publication, 0),
                KeyEnd = Inside(new NftKey().Address(AddressBlock.Of(source).LastAddress), publication, port.Count - 1),
            });
        }
    }

    /// <summary>
    /// What tells others that ports of the host are published: at every address one range, at one address a range for each port, for of others at other
    /// addresses some may be published too.
    /// </summary>
    public static IEnumerable<TableElement> Claims(PublishedPort port)
    {
        for (int offset = 0, count; offset < port.Count; offset += count)
        {
            count = port.IsWildcard ? CountBelowLast(port, offset) : 1;
            ValueList<NftElement> bounds = NftElement.Range(PortAt(port.HostPort, offset), PortAt(port.HostPort, offset + count - 1), ClaimData(port));
            foreach (TableElement element in TableElement.OfRange(FirewallLayout.Table, ClaimsOf(port), bounds, isExclusive: port.IsWildcard))
            {
                yield return element;
            }
        }
    }

    /// <summary>The map that says whether a port of the host is published.</summary>
    public static string ClaimsOf(PublishedPort port) => FamilySets.Of(port.HostAddress).ClaimsOf(port.Protocol);

    /// <summary>Where published ports lead, and whose they are.</summary>
    public static IEnumerable<TableElement> Targets(Publication publication)
    {
        PublishedPort port = publication.Port;
        string map = MapOf(port);
        return IsRange(port)
            ? [Target(new NftElement { Key = Key(port, 0), KeyEnd = Key(port, port.Count - 1), Data = NftValue.Address(publication.Container), Comment = publication.Owner })]
            : Enumerable.Range(0, port.Count).Select(offset => Target(new NftElement
            {
                Key = Key(port, offset),
                Data = new NftKey().Address(publication.Container).Port((ushort)(port.ContainerPort + offset)).ToValue(),
                Comment = publication.Owner,
            }));

        TableElement Target(NftElement element) => new(FirewallLayout.Table, map, element, IsExclusive: true);
    }

    /// <summary>A published port's key in its map.</summary>
    public static NftValue Key(PublishedPort port) => Key(port, 0);

    /// <summary>The map that published ports stand in.</summary>
    public static string MapOf(PublishedPort port)
    {
        FamilySets family = FamilySets.Of(port.HostAddress);
        return IsRange(port) ? family.PublishRanges : port.IsWildcard ? family.PublishAny : family.Publish;
    }

    /// <summary>Where the container's side of published ports is counted.</summary>
    public static (string Set, NftValue Key) TrafficOf(Publication publication)
    {
        FamilySets family = FamilySets.Of(publication.Container);
        return (publication.Port.Count > 1 ? family.TrafficRanges : family.Traffic, Inside(new NftKey(), publication, 0));
    }

    /// <summary>
    /// Whether ports can be one element. The map of ranges gives an address alone, so the numbers must be the same on both sides; and it knows nothing of the
    /// map of single addresses, with which the claims leave it alone if the range is for every address.
    /// </summary>
    private static bool IsRange(PublishedPort port) => port is { Count: > 1, IsWildcard: true } && port.HostPort == port.ContainerPort;

    private static NftValue ClaimData(PublishedPort port) => NftValue.UInt32(port.IsWildcard ? FirewallLayout.EveryAddress : FirewallLayout.OneAddress);

    /// <summary>
    /// How many ports one claim can have. A range to 65535 has no end, so that the kernel does not see what it overlaps: such a port stands by itself, where its beginning
    /// alone says all.
    /// </summary>
    private static int CountBelowLast(PublishedPort port, int offset)
    {
        int count = port.Count - offset;
        return count > 1 && port.HostPort + port.Count - 1 == ushort.MaxValue ? count - 1 : count;
    }

    private static NftValue PortAt(int first, int offset) => NftValue.Port((ushort)(first + offset));

    private static NftValue Key(PublishedPort port, int offset)
    {
        NftKey key = port.IsWildcard ? new NftKey() : new NftKey().Address(port.HostAddress);
        return key.Protocol((ProtocolType)port.Protocol).Port((ushort)(port.HostPort + offset)).ToValue();
    }

    private static NftValue Inside(NftKey before, Publication publication, int offset) => before
        .Address(publication.Container)
        .Protocol((ProtocolType)publication.Port.Protocol)
        .Port((ushort)(publication.Port.ContainerPort + offset))
        .ToValue();

    /// <summary>Those that no other holds: ranges of a set must not overlap.</summary>
    private static IEnumerable<IPNetwork> Widest(ValueList<IPNetwork> sources) => sources
        .Distinct()
        .Where(one => !sources.Any(other => !other.Equals(one) && other.PrefixLength <= one.PrefixLength && other.Contains(one.BaseAddress)));

    private static TableElement In(string set, NftElement element) => new(FirewallLayout.Table, set, element);
}
