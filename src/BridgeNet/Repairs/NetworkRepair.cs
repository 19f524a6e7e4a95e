using BridgeNet.Host;
using BridgeNet.Netlink.Route;
using BridgeNet.Networks;
using BridgeNet.State;

namespace BridgeNet.Repairs;

/// <summary>Restores what the kernel lacks of a network: bridge, addresses, settings, and the pass through other programs' firewalls.</summary>
internal sealed class NetworkRepair(StateDirectory state, HostSockets host, NetworkLifecycle networks)
{
    /// <summary>Restores what is missing of all networks.</summary>
    public void Repair(RepairFindings findings)
    {
        using HostLane lane = host.Rent();
        foreach ((NetworkState network, RecordPhase phase) in state.Networks.All())
        {
            if (phase is not RecordPhase.Done)
            {
                continue;
            }
            try
            {
                Repair(lane, network, findings);
            }
            catch (BridgeNetException error)
            {
                if (state.Networks.IsDone(network.Name)) // else somebody removed it while it was looked at
                {
                    findings.Beyond(network, error.Message);
                }
            }
        }
    }

    private void Repair(HostLane lane, NetworkState network, RepairFindings findings)
    {
        if (FaultsOf(lane, network, out _).Count == 0)
        {
            return;
        }
        using HeldLock? alone = findings.Mends ? state.Locks.Acquire(NetworkLifecycle.LockName) : state.Locks.TryAcquire(NetworkLifecycle.LockName);
        if (alone is null)
        {
            return; // a check leaves out what somebody is just changing
        }
        if (state.Networks.Find(network.Name, out RecordPhase phase) is not { } current || phase is not RecordPhase.Done)
        {
            return; // the network was removed meanwhile
        }
        IReadOnlyList<string> faults = FaultsOf(lane, current, out Link? bridge);
        if (bridge is null && current.Definition.Adopt)
        {
            findings.Beyond(
                current,
                $"{current.Device}, which was somebody else's, is gone: make it again, or remove the network (BridgeDriver.RemoveNetwork)");
            return;
        }
        if (findings.Mends)
        {
            networks.Build(lane, current, bridge);
        }
        findings.Restored(current, faults);
    }

    private List<string> FaultsOf(HostLane lane, NetworkState network, out Link? bridge)
    {
        Link? found = bridge = BridgeDevice.Inspect(lane.Route, network.Definition, network);
        if (found is null)
        {
            return [$"{network.Device} was gone"];
        }
        List<string> faults = [.. host.Namespace.Run(() => BridgeDevice.FaultsOf(lane.Route, network, found))];
        if (network.Definition.AllowForeignForward)
        {
            faults.AddRange(
                from obstacle in ForeignObstacle.Find(ForeignTables.Read(lane.Netfilter), NetworkLifecycle.ToForwarded(lane.Route, network))
                where !obstacle.Table.IsOwned // that one's owner lets nobody else change
                select $"chain {obstacle.Entrance.Name} of {obstacle.Table} stopped its packets");
        }
        return faults;
    }
}
