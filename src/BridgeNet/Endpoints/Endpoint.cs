using System.Net;
using System.Text.Json.Serialization;

using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>An endpoint's description. It owns nothing; see <see cref="EndpointLease"/>.</summary>
public sealed record Endpoint
{
    /// <summary>Twelve hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people; the id if it has none.</summary>
    public required string Name { get; init; }

    /// <summary>Further names by which containers of the network find it, as asked for.</summary>
    [JsonConverter(typeof(ValueListJsonConverter<string>))]
    public ValueList<string> Aliases { get; init; }

    /// <summary>
    /// Where it asks for names: the gateways of the network, if that has <see cref="NetworkDefinition.Dns"/>; else empty.
    /// <see cref="ContainerFiles"/> writes the files for it.
    /// </summary>
    [JsonConverter(typeof(ValueListJsonConverter<IPAddress>))]
    public ValueList<IPAddress> NameServers { get; init; }

    /// <summary>The network's name.</summary>
    public required string NetworkName { get; init; }

    /// <summary>A path of the container's network namespace; empty if a runtime moves the interface there (<see cref="Network.Prepare"/>).</summary>
    public required string SandboxPath { get; init; }

    /// <summary>The interface in the container; of a prepared endpoint, its name on the host, where it waits for the runtime.</summary>
    public required InterfaceName InterfaceName { get; init; }

    /// <summary>The interface's other end, on the host's bridge.</summary>
    public required InterfaceName HostInterfaceName { get; init; }

    /// <summary>The MAC address of the container's end.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>The container's IPv4 address; null on a network without IPv4.</summary>
    public InterfaceAddress? IPv4Address { get; init; }

    /// <summary>The container's IPv6 address; null on a network without IPv6.</summary>
    public InterfaceAddress? IPv6Address { get; init; }

    /// <summary>The next hop of its IPv4 default route; null if it has none.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public IPAddress? IPv4Gateway { get; init; }

    /// <summary>The next hop of its IPv6 default route; null if it has none.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public IPAddress? IPv6Gateway { get; init; }

    /// <summary>Decides which network has the default route of a container on several: the highest priority.</summary>
    public int GatewayPriority { get; init; }

    /// <summary>Its bandwidth limits; null for none.</summary>
    public Bandwidth? Bandwidth { get; init; }

    /// <summary>Its published ports.</summary>
    [JsonConverter(typeof(ValueListJsonConverter<PublishedPort>))]
    public required ValueList<PublishedPort> Ports { get; init; }

    /// <summary>Whether it outlives the process that attached it.</summary>
    public required bool IsKept { get; init; }
}
