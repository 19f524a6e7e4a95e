namespace BridgeNet.State;

/// <summary>A published port as it stands on disk.</summary>
/// <param name="HostAddress">0.0.0.0 or :: for all of the host's.</param>
/// <param name="HostPort">1 to 65535.</param>
/// <param name="ContainerPort">1 to 65535.</param>
/// <param name="Protocol">tcp, udp or sctp.</param>
/// <param name="Sources">Whose connections are let through, as 10.0.0.0/8; null for everybody's.</param>
internal sealed record PortRecord(string HostAddress, int HostPort, int ContainerPort, string Protocol, IReadOnlyList<string>? Sources = null);
