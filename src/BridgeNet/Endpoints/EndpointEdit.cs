using BridgeNet.Publishing;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>A change of a live endpoint. It holds the endpoint's lock until it is disposed.</summary>
internal sealed class EndpointEdit : IPortIntent, IDisposable
{
    private readonly StateDirectory _state;
    private readonly HeldLock _alone;

    private EndpointEdit(StateDirectory state, HeldLock alone, EndpointState endpoint, IReadOnlyList<PortSpec> publish)
    {
        _state = state;
        _alone = alone;
        Before = endpoint;
        Endpoint = endpoint;
        Publish = publish;
    }

    /// <summary>The endpoint before the change.</summary>
    public EndpointState Before { get; }

    /// <inheritdoc/>
    public EndpointState Endpoint { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<PortSpec> Publish { get; }

    /// <inheritdoc/>
    public bool IsNew => false;

    /// <summary>Begins a change. It waits for other changes of the same endpoint.</summary>
    /// <param name="state">The state.</param>
    /// <param name="id">The endpoint.</param>
    /// <param name="publish">The ports to publish; null for none.</param>
    /// <returns>Null if the endpoint does not exist, or no more.</returns>
    public static EndpointEdit? TryBegin(StateDirectory state, string id, IReadOnlyList<PortSpec>? publish = null)
    {
        HeldLock alone = state.Locks.Acquire(id);
        try
        {
            if (state.FindMade(id) is { } endpoint)
            {
                return new EndpointEdit(state, alone, endpoint, publish ?? []);
            }
        }
        catch
        {
            alone.Dispose();
            throw;
        }
        alone.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Intend(EndpointState bare, PortChange change)
    {
        Endpoint = bare with { Ports = change.Intended };
        _state.Endpoints.Replace(bare.Id, Endpoint with { PortsInDoubt = true, ChangingPorts = [.. bare.ChangingPorts, .. change.Changing] });
    }

    /// <inheritdoc/>
    public void Settle(EndpointState after) => Endpoint = after;

    /// <summary>Writes that the change is complete, and no port in doubt.</summary>
    public EndpointState Commit(EndpointState after)
    {
        Endpoint = after;
        _state.Endpoints.Replace(after.Id, after);
        return after;
    }

    /// <summary>Restores the record, because nothing was changed.</summary>
    public void Cancel() => _state.Endpoints.Replace(Before.Id, Before);

    /// <inheritdoc/>
    public void Dispose() => _alone.Dispose();
}
