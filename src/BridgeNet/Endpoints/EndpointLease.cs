using BridgeNet.Endpoints;
using BridgeNet.Publishing;

namespace BridgeNet;

/// <summary>
/// Ownership of an endpoint. Disposing it detaches the endpoint unless <see cref="Keep"/> was called; so does the death of its process.
/// </summary>
public sealed class EndpointLease : IDisposable
{
    private readonly EndpointLifecycle _endpoints;
    private readonly PortKeeper? _keeper;
    private bool _ended;

    internal EndpointLease(Endpoint endpoint, EndpointLifecycle endpoints, PortKeeper? keeper)
    {
        _ended = endpoint.IsKept;
        Endpoint = endpoint;
        _endpoints = endpoints;
        _keeper = keeper;
        if (keeper is not null)
        {
            endpoints.Keepers.Add(endpoint.Id, keeper);
        }
    }

    /// <summary>The endpoint at the time of its attach.</summary>
    public Endpoint Endpoint { get; private set; }

    /// <summary>Lets the endpoint outlive this object and this process, until somebody detaches it by its id.</summary>
    /// <exception cref="EndpointNotFoundException">Somebody detached it already.</exception>
    public void Keep()
    {
        if (!_ended)
        {
            Endpoint = _endpoints.Keep(Endpoint.Id);
            _ended = true;
        }
    }

    /// <summary>Detaches the endpoint unless it was kept. It logs what fails and leaves that to gc.</summary>
    public void Dispose()
    {
        if (_keeper is not null)
        {
            _endpoints.Keepers.Remove(Endpoint.Id);
            _keeper.Dispose();
        }
        if (!_ended)
        {
            _ended = true;
            _endpoints.EndOwned(Endpoint.Id);
        }
    }
}
