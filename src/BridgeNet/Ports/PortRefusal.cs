namespace BridgeNet.Ports;

/// <summary>Why a port of the host cannot be published.</summary>
/// <param name="Port">The refused port.</param>
/// <param name="Reason">The port's holder, and the way out.</param>
internal sealed record PortRefusal(PublishedPort Port, string Reason);
