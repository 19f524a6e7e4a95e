using System.Collections.Concurrent;

namespace BridgeNet.Host;

/// <summary>
/// The host's netlink sockets, opened in its namespace and lent to one verb at a time, so that verbs on several threads do not wait for each other. A
/// socket stays in the namespace in which it was opened, whichever thread uses it later.
/// </summary>
internal sealed class HostSockets(NetworkNamespace host) : IDisposable
{
    private readonly ConcurrentBag<HostLane> _idle = [];

    /// <summary>The namespace that plays the host.</summary>
    public NetworkNamespace Namespace => host;

    /// <summary>Rents sockets to the caller alone, until it disposes the lane.</summary>
    public HostLane Rent() => _idle.TryTake(out HostLane? lane) ? lane : new HostLane(host, _idle.Add);

    public void Dispose()
    {
        while (_idle.TryTake(out HostLane? lane))
        {
            lane.Close();
        }
    }
}
