using System.Net;
using System.Net.Sockets;

using BridgeNet.Firewall;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Between an endpoint as people see it, as it stands on disk, and as the packet rules know it.</summary>
internal static class EndpointMapping
{
    public static Endpoint ToEndpoint(this EndpointRecord record) => new()
    {
        Id = record.Id,
        Name = record.Name,
        NetworkName = record.Network,
        SandboxPath = record.Sandbox,
        InterfaceName = InterfaceName.Parse(record.InterfaceName),
        HostInterfaceName = InterfaceName.Parse(record.HostInterface),
        MacAddress = MacAddress.Parse(record.MacAddress),
        IPv4Address = record.AddressOf(AddressFamily.InterNetwork),
        IPv6Address = record.AddressOf(AddressFamily.InterNetworkV6),
        IPv4Gateway = record.GatewayOf(AddressFamily.InterNetwork),
        IPv6Gateway = record.GatewayOf(AddressFamily.InterNetworkV6),
        GatewayPriority = record.GatewayPriority,
        Bandwidth = record.ToBandwidth(),
        Ports = ValueList.From(record.Ports.Select(ToPort)),
        IsKept = record.Owner is null,
    };

    /// <summary>A namespace's device and inode, as records have it.</summary>
    public static string IdentityOf(NetworkNamespace sandbox) => $"{sandbox.Identity.Device}:{sandbox.Identity.Inode}";

    public static PublishedPort ToPort(this PortRecord record) =>
        new(IPAddress.Parse(record.HostAddress), record.HostPort, record.ContainerPort, PublishedPort.ParseProtocol(record.Protocol))
        {
            Sources = ValueList.From((record.Sources ?? []).Select(IPNetwork.Parse)),
            Count = record.Count ?? 1,
        };

    public static PortRecord ToRecord(this PublishedPort port) => new(
        port.HostAddress.ToString(),
        port.HostPort,
        port.ContainerPort,
        PublishedPort.NameOf(port.Protocol),
        port.Sources.Count == 0 ? null : [.. port.Sources.Select(source => source.ToString())],
        port.Count == 1 ? null : port.Count);

    /// <summary>The container's address of a family; null if it has none.</summary>
    public static InterfaceAddress? AddressOf(this EndpointRecord record, AddressFamily family)
    {
        foreach (string text in record.Addresses)
        {
            InterfaceAddress address = InterfaceAddress.Parse(text);
            if (address.Address.AddressFamily == family)
            {
                return address;
            }
        }
        return null;
    }

    /// <summary>The next hop of a family's default route; null if it has none.</summary>
    public static IPAddress? GatewayOf(this EndpointRecord record, AddressFamily family) =>
        record.Gateways.Select(IPAddress.Parse).FirstOrDefault(gateway => gateway.AddressFamily == family);

    /// <summary>The addresses that the network gave it.</summary>
    public static IEnumerable<IPAddress> OwnAddresses(this EndpointRecord record) =>
        record.Addresses.Select(text => InterfaceAddress.Parse(text).Address);

    /// <summary>Its limits; null if it has none.</summary>
    public static Bandwidth? ToBandwidth(this EndpointRecord record) => record is { IngressRate: null, EgressRate: null }
        ? null
        : new Bandwidth
        {
            IngressRate = record.IngressRate,
            IngressBurst = record.IngressBurst,
            EgressRate = record.EgressRate,
            EgressBurst = record.EgressBurst,
        };

    /// <summary>The record with other limits.</summary>
    public static EndpointRecord With(this EndpointRecord record, Bandwidth? bandwidth) => record with
    {
        IngressRate = bandwidth?.IngressRate,
        IngressBurst = bandwidth?.IngressBurst,
        EgressRate = bandwidth?.EgressRate,
        EgressBurst = bandwidth?.EgressBurst,
    };

    /// <summary>What the spoof guard knows of it; nothing if it is not watched.</summary>
    public static IEnumerable<ProtectedEndpoint> ToProtected(this EndpointRecord record)
    {
        if (record.Unwatched)
        {
            return [];
        }
        IEnumerable<IPAddress> further = (record.LinkLocalAddresses ?? []).Select(text => InterfaceAddress.Parse(text).Address);
        return
        [
            new ProtectedEndpoint(
                InterfaceName.Parse(record.HostInterface),
                MacAddress.Parse(record.MacAddress),
                ValueList.From(record.OwnAddresses().Concat(further)),
                record.Id),
        ];
    }

    /// <summary>Ports as the packet rules know them; not those of a family that the endpoint has no address of, which a proxy serves.</summary>
    public static IEnumerable<Publication> ToPublications(this EndpointRecord record, NetworkRecord network, IEnumerable<PublishedPort> ports)
    {
        IPAddress? v4 = record.AddressOf(AddressFamily.InterNetwork)?.Address;
        IPAddress? v6 = record.AddressOf(AddressFamily.InterNetworkV6)?.Address;
        bool routed4 = network.ModeOf(AddressFamily.InterNetwork) is GatewayMode.Routed;
        bool routed6 = network.ModeOf(AddressFamily.InterNetworkV6) is GatewayMode.Routed;
        foreach (PublishedPort port in ports)
        {
            bool isV6 = port.Family is AddressFamily.InterNetworkV6;
            if ((isV6 ? v6 : v4) is { } address)
            {
                yield return new Publication(address, port, record.Id) { IsRouted = isV6 ? routed6 : routed4 };
            }
        }
    }
}
