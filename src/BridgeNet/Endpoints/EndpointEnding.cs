using BridgeNet.Namespaces;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>An endpoint that is being taken down, and what of it could not be.</summary>
/// <param name="Endpoint">What may be there.</param>
/// <param name="Phase">How far it had come.</param>
internal sealed record EndpointEnding(EndpointState Endpoint, RecordPhase Phase)
{
    /// <summary>Whether the ports in its record are surely its own: it was committed, and nobody was changing its ports.</summary>
    public bool IsCertain => Phase is RecordPhase.Done && !Endpoint.PortsInDoubt;

    /// <summary>What was tried.</summary>
    public TeardownSteps Steps { get; } = new();

    /// <summary>Tells of all that could not be taken down.</summary>
    /// <exception cref="TeardownException">There is some.</exception>
    public void ThrowIfFailed() => Steps.ThrowIfFailed($"endpoint {Endpoint.Name}");
}
