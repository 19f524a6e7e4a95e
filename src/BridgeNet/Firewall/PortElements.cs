using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.State;

namespace BridgeNet.Firewall;

/// <summary>
/// A published port of an endpoint, or a range of them, as elements of the table. A range at every address that has the same numbers on both
/// sides needs few elements, however long it is. A port of a family in which the endpoint has no address has none: a proxy serves it. A routed
/// network's port has no port of the host: the rules only let it in.
/// </summary>
internal static class PortElements
{
    /// <summary>All of a port.</summary>
    public static IReadOnlyList<TableElement> Of(EndpointState endpoint, PublishedPort port)
    {
        List<TableElement> elements = [];
        AddTo(elements, endpoint, port);
        return elements;
    }

    /// <summary>Adds all of a port to others.</summary>
    public static void AddTo(List<TableElement> elements, EndpointState endpoint, PublishedPort port)
    {
        if (endpoint.AddressOf(port.Family)?.Address is not { } container)
        {
            return;
        }
        if (port.HostPort > 0)
        {
            AddClaims(elements, port);
            AddTargets(elements, endpoint.Id, container, port);
        }
        FamilySets family = FamilySets.Of(container);
        bool isRange = port.Count > 1;
        NftElement inside = new()
        {
            Key = Inside(new NftKey(), container, port, 0),
            KeyEnd = isRange ? Inside(new NftKey(), container, port, port.Count - 1) : null,
        };
        NftVerdict verdict = port.Sources.Count == 0 ? NftVerdict.Accept : NftVerdict.Goto(FirewallLayout.Limits);
        elements.Add(In(isRange ? family.OpenRanges : family.Open, inside with { Verdict = verdict }));
        elements.Add(In(isRange ? family.TrafficRanges : family.Traffic, inside));
        foreach (IPNetwork source in port.Sources.Count == 0 ? [] : Widest(port.Sources).Where(source => FamilySets.Of(source.BaseAddress) == family))
        {
            elements.Add(In(family.Admitted, new NftElement
            {
                Key = Inside(new NftKey().Address(source.BaseAddress), container, port, 0),
                KeyEnd = Inside(new NftKey().Address(AddressBlock.Of(source).LastAddress), container, port, port.Count - 1),
            }));
        }
    }

    /// <summary>
    /// The claims on ports of the host, by which the kernel refuses others. A range at every address has one claim. Single-address ports get one
    /// claim each, because other addresses may share them.
    /// </summary>
    public static IReadOnlyList<TableElement> Claims(PublishedPort port)
    {
        List<TableElement> elements = [];
        AddClaims(elements, port);
        return elements;
    }

    private static void AddClaims(List<TableElement> elements, PublishedPort port)
    {
        string claims = ClaimsOf(port);
        for (int offset = 0, count; offset < port.Count; offset += count)
        {
            count = port.IsWildcard ? CountBelowLast(port, offset) : 1;
            NftValue first = PortAt(port.HostPort, offset), last = PortAt(port.HostPort, offset + count - 1);
            ValueList<NftElement> bounds = NftElement.Range(first, last, ClaimData(port));
            for (int i = 0; i < bounds.Count; i++)
            {
                NftValue? other = bounds.Count > 1 ? bounds[1 - i].Key : null;
                elements.Add(new TableElement(FirewallLayout.Table, claims, bounds[i], IsExclusive: port.IsWildcard) { OtherBound = other });
            }
        }
    }

    /// <summary>The map that says whether a port of the host is published.</summary>
    public static string ClaimsOf(PublishedPort port) => FamilySets.Of(port.HostAddress).ClaimsOf(port.Protocol);

    /// <summary>Where a port of the host leads, and its owner; nothing for a routed network's.</summary>
    public static IReadOnlyList<TableElement> Targets(EndpointState endpoint, PublishedPort port)
    {
        List<TableElement> elements = [];
        if (port.HostPort > 0 && endpoint.AddressOf(port.Family)?.Address is { } container)
        {
            AddTargets(elements, endpoint.Id, container, port);
        }
        return elements;
    }

    private static void AddTargets(List<TableElement> elements, string owner, IPAddress container, PublishedPort port)
    {
        string map = MapOf(port);
        bool isRange = IsRange(port);
        for (int offset = 0; offset < (isRange ? 1 : port.Count); offset++)
        {
            NftKey target = new NftKey().Address(container);
            NftElement element = new()
            {
                Key = Key(port, offset),
                KeyEnd = isRange ? Key(port, port.Count - 1) : null,
                Data = (isRange ? target : target.Port((ushort)(port.ContainerPort + offset))).ToValue(),
                Comment = owner,
            };
            elements.Add(new TableElement(FirewallLayout.Table, map, element, IsExclusive: true));
        }
    }

    /// <summary>A published port's key in its map.</summary>
    public static NftValue Key(PublishedPort port) => Key(port, 0);

    /// <summary>The map that published ports stand in.</summary>
    public static string MapOf(PublishedPort port)
    {
        FamilySets family = FamilySets.Of(port.HostAddress);
        return IsRange(port) ? family.PublishRanges : port.IsWildcard ? family.PublishAny : family.Publish;
    }

    /// <summary>Where the container's side of a port is counted.</summary>
    public static (string Set, NftValue Key) TrafficOf(IPAddress container, PublishedPort port)
    {
        FamilySets family = FamilySets.Of(container);
        return (port.Count > 1 ? family.TrafficRanges : family.Traffic, Inside(new NftKey(), container, port, 0));
    }

    /// <summary>
    /// Whether ports can be one element. The map of ranges gives an address alone, so the numbers must be the same on both sides. The claims keep the
    /// map of single addresses away from it only if the range is for every address.
    /// </summary>
    private static bool IsRange(PublishedPort port) => port is { Count: > 1, IsWildcard: true } && port.HostPort == port.ContainerPort;

    private static NftValue ClaimData(PublishedPort port) =>
        NftValue.UInt32(port.IsWildcard ? FirewallLayout.EveryAddress : FirewallLayout.OneAddress);

    /// <summary>
    /// How many ports one claim can have. A range to 65535 has no end, so the kernel does not see what it overlaps. Port 65535 has a claim
    /// of its own, whose beginning says all.
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

    private static NftValue Inside(NftKey before, IPAddress container, PublishedPort port, int offset) => before
        .Address(container)
        .Protocol((ProtocolType)port.Protocol)
        .Port((ushort)(port.ContainerPort + offset))
        .ToValue();

    /// <summary>Those that no other holds: ranges of a set must not overlap.</summary>
    private static IEnumerable<IPNetwork> Widest(ValueList<IPNetwork> sources) => sources
        .Distinct()
        .Where(one => !sources.Any(other => !other.Equals(one) && other.PrefixLength <= one.PrefixLength && other.Contains(one.BaseAddress)));

    private static TableElement In(string set, NftElement element) => new(FirewallLayout.Table, set, element);
}
