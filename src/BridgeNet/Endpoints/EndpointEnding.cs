using BridgeNet.Namespaces;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>An endpoint during its teardown, with the steps that failed.</summary>
/// <param name="Endpoint">The endpoint; some of it may not exist.</param>
/// <param name="Phase">The phase of its record.</param>
internal sealed record EndpointEnding(EndpointState Endpoint, RecordPhase Phase)
{
    /// <summary>Whether the ports in its record are surely its own: it was committed, and nobody was changing its ports.</summary>
    public bool IsCertain => Phase is RecordPhase.Done && !Endpoint.PortsInDoubt;

    /// <summary>The teardown's steps.</summary>
    public TeardownSteps Steps { get; } = new();

    /// <summary>Throws if a step failed.</summary>
    /// <exception cref="TeardownException">A step failed.</exception>
    public void ThrowIfFailed() => Steps.ThrowIfFailed($"endpoint {Endpoint.Name}");
}
