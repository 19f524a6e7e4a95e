using BridgeNet.Host;
using BridgeNet.Netlink.Route;
using BridgeNet.Publishing;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>
/// An endpoint that is being attached. It owns the endpoint's lock, its place among its process's endpoints, its claims on a name and addresses,
/// its intent on disk, and the sockets that hold its ports, until the lease has them. Disposing it gives back what the lease has not.
/// </summary>
internal sealed class EndpointDraft : IPortIntent, IDisposable
{
    private readonly StateDirectory _state;
    private readonly LivingOwner _owner;
    private readonly string? _ownerId;
    private HeldLock? _lock;
    private EndpointState? _endpoint;
    private PortKeeper? _keeper;
    private RouteSocket? _inside;
    private bool _isOver; // handed over to its lease, or disposed

    /// <summary>Takes the lock of a new endpoint, and a place among this process's unless the endpoint outlives it.</summary>
    public EndpointDraft(StateDirectory state, LivingOwner owner, NetworkNamespace? sandbox, EndpointRequest request)
    {
        _state = state;
        _owner = owner;
        Id = EndpointId.Draw();
        Sandbox = sandbox;
        Request = request;
        _ownerId = request.Keep ? null : owner.Take();
        try
        {
            _lock = state.Locks.Acquire(Id);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The container; null if somebody else moves the interface into it.</summary>
    public NetworkNamespace? Sandbox { get; }

    /// <summary>What was asked for.</summary>
    public EndpointRequest Request { get; }

    /// <summary>A socket of the container's namespace, opened when it is first used.</summary>
    public RouteSocket Inside => _inside ??= Sandbox!.OpenRoute();

    /// <summary>The endpoint's id.</summary>
    public string Id { get; }

    /// <summary>Whether it has the endpoint's lock.</summary>
    public bool IsLocked => _lock is not null;

    /// <summary>The endpoint as it was last written, or reserved.</summary>
    public EndpointState Endpoint => _endpoint ?? throw new InvalidOperationException("nothing is reserved yet");

    /// <summary>Whether its intent is on disk: then something of it may be in the kernel.</summary>
    public bool IsWritten { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<PortSpec> Publish => Request.Publish;

    /// <inheritdoc/>
    public bool IsNew => true;

    /// <summary>Claims a name and addresses.</summary>
    public void Reserve(EndpointReservation reservation, NetworkState network) =>
        _endpoint = reservation.Reserve(Id, network, Sandbox, Sandbox is null ? null : Inside.NamespaceCookie, Request) with { Owner = _ownerId };

    /// <inheritdoc/>
    public void Intend(EndpointState bare, PortChange change) => Write(bare with { Ports = change.Intended });

    /// <inheritdoc/>
    public void Settle(EndpointState after) => Write(after);

    /// <summary>Writes the endpoint down as it is to be.</summary>
    public void Write(EndpointState intended)
    {
        _endpoint = intended; // the claims are its own whether this succeeds or not
        _state.Endpoints.WriteIntent(Id, intended);
        IsWritten = true;
    }

    /// <summary>Closes <see cref="Inside"/>, which the next use opens again.</summary>
    public void LeaveContainer()
    {
        _inside?.Dispose();
        _inside = null;
    }

    /// <summary>Keeps the sockets that hold its ports, until the lease has them.</summary>
    public void HoldPorts(PortKeeper keeper) => _keeper = keeper;

    /// <summary>The endpoint is made. Its lock stays the draft's until <see cref="Release"/>.</summary>
    public void Commit() => _state.Endpoints.Commit(Id);

    /// <summary>Others may change the endpoint from now on.</summary>
    public void Release()
    {
        _lock?.Dispose();
        _lock = null;
    }

    /// <summary>Takes the lock again if it was released, and finds what there is of the endpoint by now.</summary>
    /// <returns>Null if there is nothing, or nothing any more.</returns>
    public EndpointEnding? Reopen()
    {
        _lock ??= _state.Locks.Acquire(Id);
        return _state.Endpoints.Find(Id, out RecordPhase phase) is { } found ? new EndpointEnding(found, phase) : null;
    }

    /// <summary>Hands the endpoint over to its lease.</summary>
    public EndpointLease HandOver(EndpointLifecycle endpoints)
    {
        _isOver = true;
        return new EndpointLease(Endpoint.ToEndpoint(), endpoints, _keeper);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOver)
        {
            return;
        }
        _isOver = true;
        LeaveContainer();
        try
        {
            _keeper?.Dispose();
            if (_endpoint is not null && !IsWritten)
            {
                new EndpointReservation(_state).GiveBack(_endpoint);
            }
            if (_lock is not null && !_state.Endpoints.Exists(Id))
            {
                _state.Locks.Remove(Id);
            }
        }
        finally
        {
            Release();
            if (_ownerId is not null)
            {
                _owner.Release();
            }
        }
    }
}
