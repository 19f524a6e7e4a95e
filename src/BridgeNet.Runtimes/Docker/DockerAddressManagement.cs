namespace BridgeNet.Runtimes.Docker;

/// <summary>Where a network's addresses come from, as <c>docker network inspect</c> shows it.</summary>
public sealed record DockerAddressManagement
{
    /// <summary>The name of the IPAM driver.</summary>
    public string Driver { get; init; } = "default";

    /// <summary>The subnets.</summary>
    public required IReadOnlyList<DockerSubnet> Config { get; init; }
}
