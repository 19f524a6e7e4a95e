using System.Globalization;
using System.Net.Sockets;

namespace BridgeNet.Runtimes.Docker;

/// <summary>An endpoint with the keys of Docker's <c>NetworkSettings</c>, and its id and name.</summary>
public sealed record DockerEndpoint
{
    /// <summary>The endpoint's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name by which people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The network's bridge.</summary>
    public required string Bridge { get; init; }

    /// <summary>A path of the container's network namespace.</summary>
    public required string SandboxKey { get; init; }

    /// <summary>What is published, by container port: <c>80/tcp</c>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<DockerPortBinding>> Ports { get; init; }

    /// <summary>The endpoint's id, where Docker has it.</summary>
    public required string EndpointID { get; init; }

    /// <summary>The next hop of the default route.</summary>
    public required string Gateway { get; init; }

    /// <summary>The container's IPv6 address; empty for none.</summary>
    public string GlobalIPv6Address { get; init; } = string.Empty;

    /// <summary>The IPv6 subnet's prefix, in bits; 0 for none.</summary>
    public int GlobalIPv6PrefixLen { get; init; }

    /// <summary>The container's address, without its prefix.</summary>
    public required string IPAddress { get; init; }

    /// <summary>The subnet's prefix, in bits.</summary>
    public required int IPPrefixLen { get; init; }

    /// <summary>The next hop of the IPv6 default route; empty for none.</summary>
    public string IPv6Gateway { get; init; } = string.Empty;

    /// <summary>The container end's Ethernet address.</summary>
    public required string MacAddress { get; init; }

    /// <summary>How fast it may send and receive, which Docker does not have; null for as fast as it can.</summary>
    public Bandwidth? Bandwidth { get; init; }

    /// <summary>The same by network; a BridgeNet endpoint is on one.</summary>
    public required IReadOnlyDictionary<string, DockerEndpointSettings> Networks { get; init; }

    /// <summary>An endpoint in Docker's words.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="network">The network that it is on.</param>
    public static DockerEndpoint From(Endpoint endpoint, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return From(endpoint, network.Id, network.Definition);
    }

    /// <summary>An endpoint in Docker's words.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="networkId">The id of the network that it is on.</param>
    /// <param name="network">What that network is.</param>
    public static DockerEndpoint From(Endpoint endpoint, string networkId, NetworkDefinition network)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(network);
        DockerEndpointSettings settings = new()
        {
            NetworkID = networkId,
            EndpointID = endpoint.Id,
            GwPriority = endpoint.GatewayPriority,
            Gateway = endpoint.IPv4Gateway?.ToString() ?? string.Empty,
            IPAddress = endpoint.IPv4Address?.Address.ToString() ?? string.Empty,
            IPPrefixLen = endpoint.IPv4Address?.PrefixLength ?? 0,
            IPv6Gateway = endpoint.IPv6Gateway?.ToString() ?? string.Empty,
            GlobalIPv6Address = endpoint.IPv6Address?.Address.ToString() ?? string.Empty,
            GlobalIPv6PrefixLen = endpoint.IPv6Address?.PrefixLength ?? 0,
            MacAddress = endpoint.MacAddress.ToString(),
            Aliases = endpoint.Aliases.Count > 0 ? endpoint.Aliases : null,
            DNSNames = network.Dns is true
                ? [.. new[] { endpoint.Name, endpoint.Id }.Concat(endpoint.Aliases).Distinct(StringComparer.OrdinalIgnoreCase)]
                : null,
            NameServers = endpoint.NameServers.Count > 0 ? [.. endpoint.NameServers.Select(server => server.ToString())] : null,
        };
        return new DockerEndpoint
        {
            Id = endpoint.Id,
            Name = endpoint.Name,
            Bridge = network.Device?.ToString() ?? string.Empty,
            SandboxKey = endpoint.SandboxPath,
            Ports = PortsOf(endpoint.Ports, network),
            EndpointID = settings.EndpointID,
            Gateway = settings.Gateway,
            IPAddress = settings.IPAddress,
            IPPrefixLen = settings.IPPrefixLen,
            IPv6Gateway = settings.IPv6Gateway,
            GlobalIPv6Address = settings.GlobalIPv6Address,
            GlobalIPv6PrefixLen = settings.GlobalIPv6PrefixLen,
            MacAddress = settings.MacAddress,
            Bandwidth = endpoint.Bandwidth,
            Networks = new SortedDictionary<string, DockerEndpointSettings>(StringComparer.Ordinal) { [network.Name] = settings },
        };
    }

    private static SortedDictionary<string, IReadOnlyList<DockerPortBinding>> PortsOf(IEnumerable<PublishedPort> ports, NetworkDefinition network)
    {
        SortedDictionary<string, IReadOnlyList<DockerPortBinding>> bindings = new(StringComparer.Ordinal);
        foreach (IGrouping<(int, TransportProtocol), PublishedPort> port in ports.SelectMany(port => port.Each()).GroupBy(
            port => (port.ContainerPort, port.Protocol)))
        {
            (int number, TransportProtocol protocol) = port.Key;
            bindings.Add($"{number}/{PublishedPort.NameOf(protocol)}", [.. port.Select(binding => ToBinding(binding, network))]);
        }
        return bindings;
    }

    private static DockerPortBinding ToBinding(PublishedPort port, NetworkDefinition network)
    {
        GatewayMode mode = port.Family is AddressFamily.InterNetworkV6 ? network.IPv6Mode : network.IPv4Mode;
        return new DockerPortBinding(
            port.HostAddress.ToString(), mode is GatewayMode.Routed ? string.Empty : port.HostPort.ToString(CultureInfo.InvariantCulture));
    }
}
