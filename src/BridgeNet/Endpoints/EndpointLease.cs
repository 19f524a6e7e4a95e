using BridgeNet.Endpoints;

namespace BridgeNet;

/// <summary>Ownership of an endpoint: disposing of it detaches, unless <see cref="Keep"/> handed it over. Its process's death ends it too.</summary>
public sealed class EndpointLease : IDisposable
{
    private readonly EndpointLifecycle _endpoints;
    private readonly IDisposable? _keeper;
    private bool _ended;

    internal EndpointLease(Endpoint endpoint, EndpointLifecycle endpoints, IDisposable? keeper)
    {
        _ended = endpoint.IsKept;
        Endpoint = endpoint;
        _endpoints = endpoints;
        _keeper = keeper;
    }

    /// <summary>The endpoint as it was attached.</summary>
    public Endpoint Endpoint { get; private set; }

    /// <summary>From here the endpoint outlives this object and this process, until somebody detaches it by its id.</summary>
    /// <exception cref="EndpointNotFoundException">Somebody detached it already.</exception>
    public void Keep()
    {
        if (!_ended)
        {
            Endpoint = _endpoints.Keep(Endpoint.Id);
            _ended = true;
        }
    }

    /// <summary>Detaches the endpoint unless it was kept. What cannot be taken down is logged and left to gc.</summary>
    public void Dispose()
    {
        _keeper?.Dispose();
        if (!_ended)
        {
            _ended = true;
            _endpoints.EndOwned(Endpoint.Id);
        }
    }
}
