using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>A published port as elements of the table.</summary>
internal static class PublicationElements
{
    /// <summary>All of them.</summary>
    public static IEnumerable<TableElement> Of(Publication publication)
    {
        PublishedPort port = publication.Port;
        FamilySets family = FamilySets.Of(publication.Container);
        if (!publication.IsRouted)
        {
            yield return Claim(port);
            yield return new TableElement(FirewallLayout.Table, MapOf(port), Target(publication), IsExclusive: true);
        }
        NftValue inside = InsideOf(publication);
        yield return In(family.Open, new NftElement
        {
            Key = inside,
            Verdict = port.Sources.Count == 0 ? NftVerdict.Accept : NftVerdict.Goto(FirewallLayout.Limits),
        });
        yield return In(family.Traffic, new NftElement { Key = inside });
        foreach (IPNetwork source in Widest(port.Sources).Where(source => FamilySets.Of(source.BaseAddress) == family))
        {
            yield return In(family.Admitted, new NftElement
            {
                Key = Inside(new NftKey().Address(source.BaseAddress), publication),
                KeyEnd = Inside(new NftKey().Address(AddressRange.LastOf(source)), publication),
            });
        }
    }

    /// <summary>What tells others that a port of the host is published.</summary>
    public static TableElement Claim(PublishedPort port) => new(
        FirewallLayout.Table,
        FirewallLayout.Claims,
        new NftElement
        {
            Key = ClaimKey(port),
            Data = NftValue.UInt32(port.IsWildcard ? FirewallLayout.EveryAddress : FirewallLayout.OneAddress),
        },
        IsExclusive: port.IsWildcard);

    /// <summary>A claim's key.</summary>
    public static NftValue ClaimKey(PublishedPort port) => new NftKey()
        .Part([(byte)FamilySets.Of(port.HostAddress).Family])
        .Protocol((ProtocolType)port.Protocol)
        .Port((ushort)port.HostPort)
        .ToValue();

    /// <summary>A published port's key in its map.</summary>
    public static NftValue Key(PublishedPort port)
    {
        NftKey key = port.IsWildcard ? new NftKey() : new NftKey().Address(port.HostAddress);
        return key.Protocol((ProtocolType)port.Protocol).Port((ushort)port.HostPort).ToValue();
    }

    /// <summary>The map that a published port stands in.</summary>
    public static string MapOf(PublishedPort port)
    {
        FamilySets family = FamilySets.Of(port.HostAddress);
        return port.IsWildcard ? family.PublishAny : family.Publish;
    }

    /// <summary>The container's side of a published port: address . protocol . port.</summary>
    public static NftValue InsideOf(Publication publication) => Inside(new NftKey(), publication);

    /// <summary>Where a published port leads, and whose it is.</summary>
    public static NftElement Target(Publication publication) => new()
    {
        Key = Key(publication.Port),
        Data = new NftKey().Address(publication.Container).Port((ushort)publication.Port.ContainerPort).ToValue(),
        Comment = publication.Owner,
    };

    private static NftValue Inside(NftKey before, Publication publication) => before
        .Address(publication.Container)
        .Protocol((ProtocolType)publication.Port.Protocol)
        .Port((ushort)publication.Port.ContainerPort)
        .ToValue();

    /// <summary>Those that no other holds: ranges of a set must not overlap.</summary>
    private static IEnumerable<IPNetwork> Widest(ValueList<IPNetwork> sources) => sources
        .Distinct()
        .Where(one => !sources.Any(other => !other.Equals(one) && other.PrefixLength <= one.PrefixLength && other.Contains(one.BaseAddress)));

    private static TableElement In(string set, NftElement element) => new(FirewallLayout.Table, set, element);
}
