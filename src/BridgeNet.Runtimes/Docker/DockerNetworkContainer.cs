namespace BridgeNet.Runtimes.Docker;

/// <summary>An endpoint as <c>docker network inspect</c> lists it.</summary>
public sealed record DockerNetworkContainer
{
    /// <summary>The name by which people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The endpoint's id.</summary>
    public required string EndpointID { get; init; }

    /// <summary>The container end's Ethernet address.</summary>
    public required string MacAddress { get; init; }

    /// <summary>The container's address with the subnet's prefix.</summary>
    public required string IPv4Address { get; init; }

    /// <summary>The container's IPv6 address with its prefix; empty for none.</summary>
    public string IPv6Address { get; init; } = string.Empty;

    /// <summary>An endpoint in Docker's words.</summary>
    internal static DockerNetworkContainer From(Endpoint endpoint) => new()
    {
        Name = endpoint.Name,
        EndpointID = endpoint.Id,
        MacAddress = endpoint.MacAddress.ToString(),
        IPv4Address = endpoint.IPv4Address?.ToString() ?? string.Empty,
        IPv6Address = endpoint.IPv6Address?.ToString() ?? string.Empty,
    };
}
