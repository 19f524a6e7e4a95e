namespace BridgeNet.Runtimes.Docker;

/// <summary>A subnet of a network.</summary>
/// <param name="Subnet">As 172.17.0.0/16.</param>
/// <param name="Gateway">The bridge's address in it.</param>
public sealed record DockerSubnet(string Subnet, string Gateway);
