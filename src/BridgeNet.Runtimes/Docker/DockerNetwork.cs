using System.Net.Sockets;

namespace BridgeNet.Runtimes.Docker;

/// <summary>A network as <c>docker network inspect</c> shows it.</summary>
public sealed record DockerNetwork
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its scope: this host.</summary>
    public string Scope { get; init; } = "local";

    /// <summary>The name of its driver.</summary>
    public string Driver { get; init; } = "bridge";

    /// <summary>Whether it has IPv4.</summary>
    public bool EnableIPv4 { get; init; } = true;

    /// <summary>Whether it has IPv6.</summary>
    public bool EnableIPv6 { get; init; }

    /// <summary>Its subnets.</summary>
    public required DockerAddressManagement IPAM { get; init; }

    /// <summary>Whether nothing passes between it and anywhere else.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether its containers find each other by name. Not Docker's.</summary>
    public bool Dns { get; init; }

    /// <summary>Its endpoints, by their ids.</summary>
    public required IReadOnlyDictionary<string, DockerNetworkContainer> Containers { get; init; }

    /// <summary>
    /// Other people's firewalls that drop its packets: "table chain: why: what to do". Not Docker's; null where it was not looked for.
    /// </summary>
    public IReadOnlyList<string>? ForeignForward { get; init; }

    /// <summary>Its options, by Docker's names, as far as they are not Docker's defaults.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>A network in Docker's words.</summary>
    /// <param name="network">The network.</param>
    /// <param name="endpoints">Endpoints, of which those on this network are taken.</param>
    public static DockerNetwork From(Network network, IEnumerable<Endpoint> endpoints)
    {
        ArgumentNullException.ThrowIfNull(network);
        return From(network.Id, network.Definition, endpoints);
    }

    /// <summary>A network in Docker's words.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="definition">What it is.</param>
    /// <param name="endpoints">Endpoints, of which those on this network are taken.</param>
    public static DockerNetwork From(string id, NetworkDefinition definition, IEnumerable<Endpoint> endpoints)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(endpoints);
        SortedDictionary<string, DockerNetworkContainer> containers = new(StringComparer.Ordinal);
        foreach (Endpoint endpoint in endpoints.Where(endpoint => string.Equals(endpoint.NetworkName, definition.Name, StringComparison.Ordinal)))
        {
            containers[endpoint.Id] = DockerNetworkContainer.From(endpoint);
        }
        return new DockerNetwork
        {
            Name = definition.Name,
            Id = id,
            EnableIPv4 = definition.IPv4,
            EnableIPv6 = definition.IPv6 || definition.Subnets.Any(subnet => subnet.Subnet.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6),
            IPAM = new DockerAddressManagement { Config = [.. definition.Subnets.Select(DockerSubnet.From)] },
            Internal = definition.Internal,
            Dns = definition.Dns ?? false,
            Containers = containers,
            Options = DockerNetworkOptions.Of(definition),
            Labels = new SortedDictionary<string, string>(definition.Labels.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
        };
    }
}
