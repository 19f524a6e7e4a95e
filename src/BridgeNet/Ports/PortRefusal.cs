namespace BridgeNet.Ports;

/// <summary>Why a port of the host cannot be published.</summary>
/// <param name="Port">The one of those asked about that cannot.</param>
/// <param name="Reason">Who has it, and the way out.</param>
internal sealed record PortRefusal(PublishedPort Port, string Reason);
