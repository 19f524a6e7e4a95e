using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Takes an endpoint down, whatever of it there is. It does not stop at the first failure, and what is gone already is fine.</summary>
internal sealed class EndpointTeardown(StateDirectory state, HostSockets host)
{
    /// <summary>Removes all of a record; the caller holds the endpoint's lock, whose file goes too.</summary>
    /// <param name="record">What may be there.</param>
    /// <param name="phase">How far it had come. Only of a finished one is it certain that the ports in it are its own.</param>
    /// <exception cref="TeardownException">Something could not be taken down; the record stays, so that gc can try again.</exception>
    public void Remove(EndpointRecord record, RecordPhase phase)
    {
        state.Endpoints.BeginRemoval(record.Id, phase);
        List<Exception> failures = [];
        using (HostLane lane = host.Rent())
        {
            Try(failures, () => Unpublish(lane, record, isCertain: phase is RecordPhase.Done));
            Try(failures, () => lane.Route.DeleteLink(LinkSelector.ByName(InterfaceName.Parse(record.HostInterface))));
        }
        if (failures.Count > 0)
        {
            throw new TeardownException($"endpoint {record.Name}", failures);
        }
        Forget(record);
    }

    /// <summary>Removes what the state remembers of an endpoint of which nothing is in the kernel.</summary>
    public void Forget(EndpointRecord record)
    {
        new EndpointReservation(state).Release(record);
        state.Endpoints.Forget(record.Id);
        state.Locks.Remove(record.Id);
    }

    private static void Unpublish(HostLane lane, EndpointRecord record, bool isCertain)
    {
        if (record.Ports.Count > 0)
        {
            FirewallTable.Unpublish(lane.Netfilter, [.. record.Ports.Select(EndpointMapping.ToPort)], record.Id, isCertain);
        }
    }

    private static void Try(List<Exception> failures, Action action)
    {
        try
        {
            action();
        }
        catch (BridgeNetException error)
        {
            failures.Add(error);
        }
    }
}
