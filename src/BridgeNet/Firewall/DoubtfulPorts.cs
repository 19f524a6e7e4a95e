using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Ports;
using BridgeNet.State;

namespace BridgeNet.Firewall;

/// <summary>
/// Ports whose change a process began and did not end because it died. What the kernel has of them stands; what it has not, was never published, or
/// was taken back. While the process lives, it has the endpoint's lock, and the ports are its own business.
/// </summary>
internal static class DoubtfulPorts
{
    /// <summary>Settles the ports of dead processes, in their records and in what was read of these.</summary>
    /// <param name="netfilter">Of the host's namespace.</param>
    /// <param name="state">The records.</param>
    /// <param name="records">The records, read a moment ago.</param>
    public static RecordedState Settle(NetfilterSocket netfilter, StateDirectory state, RecordedState records) =>
        !records.Endpoints.Any(IsDoubtful) ? records : records with
        {
            Endpoints = [.. records.Endpoints.Select(one => IsDoubtful(one) ? (Settle(netfilter, state, one.State), one.Phase) : one)],
        };

    /// <summary>An endpoint with the ports that it surely has. The caller has its lock.</summary>
    public static EndpointState Settled(NetfilterSocket netfilter, EndpointState endpoint)
    {
        if (endpoint.ChangingPorts.Count == 0)
        {
            return endpoint;
        }
        ValueList<PublishedPort> certain = endpoint.CertainPorts;
        HostPortSet given = HostPortSet.Of(certain);
        HashSet<PublishedPort> published = [];
        foreach (PublishedPort port in endpoint.ChangingPorts.OrderByDescending(static port => port.Count)) // a range before its parts
        {
            if ((port.HostPort == 0 || !given.Overlaps(port)) && PublishedPorts.IsThere(netfilter, endpoint, port) && published.Add(port))
            {
                given.Add(port);
            }
        }
        return endpoint with
        {
            Ports = [.. certain, .. endpoint.ChangingPorts.Where(published.Remove)], // each once, in its place
            PortsInDoubt = false,
            ChangingPorts = [],
        };
    }

    private static bool IsDoubtful((EndpointState State, RecordPhase Phase) endpoint) =>
        endpoint is { Phase: RecordPhase.Done, State.ChangingPorts.Count: > 0 };

    private static EndpointState Settle(NetfilterSocket netfilter, StateDirectory state, EndpointState doubtful)
    {
        using HeldLock? alone = state.Locks.TryAcquire(doubtful.Id);
        if (alone is null || state.FindMade(doubtful.Id) is not { } endpoint)
        {
            return doubtful;
        }
        EndpointState settled = Settled(netfilter, endpoint);
        try
        {
            state.Endpoints.Replace(settled.Id, settled);
        }
        catch (BridgeNetException)
        {
            // the disk may be full: the next look settles it again, and the rules must come back all the same
        }
        return settled;
    }
}
