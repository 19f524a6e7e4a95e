namespace BridgeNet.Runtimes.Docker;

/// <summary>Where the host publishes a port, as Docker's <c>NetworkSettings.Ports</c> has it.</summary>
/// <param name="HostIp">The host's address; 0.0.0.0 for all of IPv4, :: for all of IPv6.</param>
/// <param name="HostPort">The host's port, as text; empty where packets come to the container's own port, as they do to routed networks.</param>
public sealed record DockerPortBinding(string HostIp, string HostPort);
