namespace BridgeNet.State;

/// <summary>A published port, or a range of them, as it stands on disk.</summary>
/// <param name="HostAddress">0.0.0.0 or :: for all of the host's.</param>
/// <param name="HostPort">1 to 65535, or 0 where the host has no part in it; the first of a range.</param>
/// <param name="ContainerPort">1 to 65535; the first of a range.</param>
/// <param name="Protocol">tcp, udp or sctp.</param>
/// <param name="Sources">Whose connections are let through, as 10.0.0.0/8; null for everybody's.</param>
/// <param name="Count">How many ports, 2 and more; null for one.</param>
internal sealed record PortRecord(
    string HostAddress, int HostPort, int ContainerPort, string Protocol, IReadOnlyList<string>? Sources = null, int? Count = null);
