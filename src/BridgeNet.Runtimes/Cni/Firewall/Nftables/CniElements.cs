using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Turns containers and ports into elements.</summary>
internal static class CniElements
{
    private static readonly IPNetwork s_loopback = IPNetwork.Parse("127.0.0.0/8");

    /// <summary>The sets with elements of <see cref="OfMasquerade"/>.</summary>
    public static ValueList<string> MasqueradeSets { get; } =
        [.. CniSets.All.SelectMany(family => (string[])[family.Masqueraded, family.Neighbours])];

    /// <summary>The sets with elements of <see cref="OfPorts"/>.</summary>
    public static ValueList<string> PortSets { get; } =
        [.. CniSets.All.SelectMany(family => (string[])[family.Ports, family.PortsAny, family.Spare, family.Hairpin, family.Hidden])];

    /// <summary>The fewest of those sets that tell whether a container has ports.</summary>
    public static ValueList<string> TellingPortSets { get; } =
        [.. CniSets.All.SelectMany(family => (string[])[family.Ports, family.PortsAny, family.Spare])];

    /// <summary>The sets with elements of <see cref="OfAccepted"/>.</summary>
    public static ValueList<string> AcceptedSets { get; } = [.. CniSets.All.Select(family => family.Accepted)];

    /// <summary>Masquerades addresses, except within their networks.</summary>
    public static IReadOnlyCollection<TableElement> OfMasquerade(IEnumerable<InterfaceAddress> addresses) =>
    [
        .. addresses.SelectMany(address => (TableElement[])
        [
            CniLayout.Element(CniSets.Of(address.IsIPv6).Masqueraded, new NftElement { Key = NftValue.Address(address.Address) }),
            CniLayout.Element(CniSets.Of(address.IsIPv6).Neighbours, Pair(address.Address, address.Subnet)),
        ]),
    ];

    /// <summary>Publishes a container's ports.</summary>
    public static IReadOnlyCollection<TableElement> OfPorts(PortMapRequest request)
    {
        List<TableElement> elements = [];
        foreach (bool isIPv6 in (ReadOnlySpan<bool>)[false, true])
        {
            AddressFamily family = isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
            PortMapping[] mappings =
            [
                .. request.Mappings
                    .Where(mapping => mapping.IsOf(family))
                    .DistinctBy(mapping => (mapping.IsWildcard ? null : mapping.HostAddress, mapping.HostPort, mapping.Protocol)),
            ];
            if (request.ContainerOf(isIPv6) is { } container && mappings.Length > 0)
            {
                elements.AddRange(mappings.Select(mapping => OfPort(mapping, container)));
                elements.AddRange(OfClients(request, container));
            }
        }
        return elements;
    }

    /// <summary>Lets containers through.</summary>
    public static IReadOnlyCollection<TableElement> OfAccepted(IEnumerable<InterfaceAddress> addresses) =>
        [
            .. from address in addresses
               select CniLayout.Element(CniSets.Of(address.IsIPv6).Accepted, new NftElement { Key = NftValue.Address(address.Address) }),
        ];

    private static TableElement OfPort(PortMapping mapping, InterfaceAddress container)
    {
        CniSets family = CniSets.Of(container.IsIPv6);
        NftKey key = mapping.IsWildcard ? new NftKey() : new NftKey().Address(mapping.HostAddress!);
        return CniLayout.Element(
            mapping.IsWildcard ? family.PortsAny : family.Ports,
            new NftElement
            {
                Key = key.Protocol(mapping.Protocol).Port(mapping.HostPort).ToValue(),
                Data = new NftKey().Address(container.Address).Port(mapping.ContainerPort).ToValue(),
            },
            isExclusive: true);
    }

    private static IEnumerable<TableElement> OfClients(PortMapRequest request, InterfaceAddress container)
    {
        CniSets family = CniSets.Of(container.IsIPv6);
        if (request is { Snat: true, MasqueradeAll: true })
        {
            yield return CniLayout.Element(family.Hidden, new NftElement { Key = NftValue.Address(container.Address) });
        }
        else if (request.Snat)
        {
            yield return CniLayout.Element(family.Hairpin, Pair(container.Address, container.Subnet));
            if (!container.IsIPv6)
            {
                yield return CniLayout.Element(family.Hairpin, Pair(container.Address, s_loopback));
            }
        }
    }

    private static NftElement Pair(IPAddress container, IPNetwork network) => new()
    {
        Key = new NftKey().Address(container).Address(network.BaseAddress).ToValue(),
        KeyEnd = new NftKey().Address(container).Address(AddressBlock.Of(network).LastAddress).ToValue(),
    };
}
