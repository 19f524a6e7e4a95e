using System.Globalization;

namespace BridgeNet.Runtimes.Docker;

/// <summary>A network as <c>docker network inspect</c> shows it.</summary>
public sealed record DockerNetwork
{
    /// <summary>The option that names the bridge.</summary>
    public const string BridgeNameOption = "com.docker.network.bridge.name";

    /// <summary>The option for the largest packet, in bytes.</summary>
    public const string MtuOption = "com.docker.network.driver.mtu";

    /// <summary>The option that marks the network which containers join unasked.</summary>
    public const string DefaultBridgeOption = "com.docker.network.bridge.default_bridge";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>How far it reaches: this host.</summary>
    public string Scope { get; init; } = "local";

    /// <summary>What makes it.</summary>
    public string Driver { get; init; } = "bridge";

    /// <summary>Whether it has an IPv6 subnet.</summary>
    public bool EnableIPv6 { get; init; }

    /// <summary>Its subnets.</summary>
    public required DockerAddressManagement IPAM { get; init; }

    /// <summary>Its endpoints, by their ids.</summary>
    public required IReadOnlyDictionary<string, DockerNetworkContainer> Containers { get; init; }

    /// <summary>Its options, by Docker's names.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>A network in Docker's words.</summary>
    /// <param name="network">The network.</param>
    /// <param name="endpoints">Endpoints, of which those on this network are taken.</param>
    public static DockerNetwork From(Network network, IEnumerable<Endpoint> endpoints)
    {
        ArgumentNullException.ThrowIfNull(network);
        return From(network.Id, network.Definition, network.Gateway.Address.ToString(), endpoints);
    }

    /// <summary>A network in Docker's words.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="definition">What it is.</param>
    /// <param name="gateway">The bridge's address.</param>
    /// <param name="endpoints">Endpoints, of which those on this network are taken.</param>
    public static DockerNetwork From(string id, NetworkDefinition definition, string gateway, IEnumerable<Endpoint> endpoints)
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
            IPAM = new DockerAddressManagement { Config = [new DockerSubnet(definition.Subnet.ToString(), gateway)] },
            Containers = containers,
            Options = OptionsOf(definition),
        };
    }

    private static SortedDictionary<string, string> OptionsOf(NetworkDefinition definition)
    {
        SortedDictionary<string, string> options = new(StringComparer.Ordinal) { [BridgeNameOption] = definition.Device.ToString() };
        if (definition.Mtu is { } mtu)
        {
            options[MtuOption] = mtu.ToString(CultureInfo.InvariantCulture);
        }
        if (string.Equals(definition.Name, NetworkDefinition.Docker0.Name, StringComparison.Ordinal))
        {
            options[DefaultBridgeOption] = "true";
        }
        return options;
    }
}
