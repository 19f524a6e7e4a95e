using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>The locks of endpoints that are detached together, held until this is disposed.</summary>
internal sealed class EndpointLocks(StateDirectory state) : IDisposable
{
    private readonly List<HeldLock> _locks = [];

    /// <summary>Takes an endpoint's lock, waiting for it.</summary>
    /// <returns>Null if there is no such endpoint; then the lock's file is removed too.</returns>
    public EndpointEnding? Take(string id)
    {
        _locks.Add(state.Locks.Acquire(id));
        if (state.Endpoints.Find(id, out RecordPhase phase) is { } endpoint)
        {
            return new EndpointEnding(endpoint, phase);
        }
        state.Locks.Remove(id);
        return null;
    }

    /// <summary>Takes an endpoint's lock if nobody has it.</summary>
    public bool TryTake(string id)
    {
        if (state.Locks.TryAcquire(id) is not { } held)
        {
            return false;
        }
        _locks.Add(held);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _locks.ForEach(held => held.Dispose());
}
