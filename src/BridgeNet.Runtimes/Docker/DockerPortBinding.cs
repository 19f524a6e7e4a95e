namespace BridgeNet.Runtimes.Docker;

/// <summary>Where the host publishes a port, as Docker's <c>NetworkSettings.Ports</c> has it.</summary>
/// <param name="HostIp">The host's address; 0.0.0.0 for all of them.</param>
/// <param name="HostPort">The host's port, as text.</param>
public sealed record DockerPortBinding(string HostIp, string HostPort);
