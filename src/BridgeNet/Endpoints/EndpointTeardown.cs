using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Namespaces;
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
        TeardownSteps steps = new();
        using (HostLane lane = host.Rent())
        {
            steps.Try(() => TakeFromTables(lane, record, isCertain: phase is RecordPhase.Done));
            steps.Try(() => lane.Route.DeleteLink(LinkSelector.ByName(InterfaceName.Parse(record.HostInterface))));
            if (record.EgressRate is not null)
            {
                steps.Try(() => TrafficShaper.Remove(lane.Route, ContainerWiring.ShaperNameOf(record)));
            }
        }
        if (steps.WereForbidden)
        {
            state.Endpoints.CancelRemoval(record.Id, phase);
        }
        steps.ThrowIfFailed($"endpoint {record.Name}");
        Forget(record);
    }

    /// <summary>Removes what the state remembers of an endpoint of which nothing is in the kernel.</summary>
    public void Forget(EndpointRecord record)
    {
        new EndpointReservation(state).Release(record);
        state.Endpoints.Forget(record.Id);
        state.Locks.Remove(record.Id);
    }

    private void TakeFromTables(HostLane lane, EndpointRecord record, bool isCertain)
    {
        PublishedPort[] ports = [.. record.Ports.Select(EndpointMapping.ToPort)];
        TableElement[] guards = [.. record.ToProtected().SelectMany(EndpointElements.Of)];
        if (ports.Length == 0)
        {
            FirewallTable.Remove(lane.Netfilter, guards, record.Id, isCertain);
            return;
        }
        if (state.Networks.Find(record.Network, out _) is { } network)
        {
            PublishedPorts.Remove(lane.Netfilter, [.. record.ToPublications(network, ports)], [], guards, record.Id, isCertain);
        }
        _ = ConnectionFlush.Flush(lane.Netfilter, lane.Route, ports, [.. record.OwnAddresses()], isRemoval: true);
    }
}
