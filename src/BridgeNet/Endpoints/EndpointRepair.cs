using BridgeNet.Host;
using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Repairs;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>
/// Compares endpoints with what the kernel has and restores what is missing: the veth, its place on the bridge, its limits, and in the container the
/// addresses and routes. An endpoint whose veth and namespace are gone is ended.
/// </summary>
internal sealed class EndpointRepair(StateDirectory state, HostSockets host)
{
    private readonly EndpointTeardown _teardown = new(state, host);

    /// <summary>Restores what is missing of all endpoints.</summary>
    /// <param name="records">The records as they were a moment before; whose endpoint differs from the kernel's has it read again.</param>
    /// <param name="scope">Into which containers to look.</param>
    /// <param name="findings">Gets what was found.</param>
    public void Repair(RecordedState records, RepairScope scope, RepairFindings findings)
    {
        using HostLane lane = host.Rent();
        Dictionary<string, NetworkRecord> networks = records.Networks
            .Where(network => network.Phase is RecordPhase.Done)
            .ToDictionary(network => network.Record.Name, network => network.Record, StringComparer.Ordinal);
        Dictionary<string, Link> links = lane.Route.ListLinks().ToDictionary(link => link.Name.ToString(), StringComparer.Ordinal);
        EndpointRecord[] made =
            [.. records.Endpoints.Where(endpoint => endpoint.Phase is RecordPhase.Done && networks.ContainsKey(endpoint.Record.Network)).Select(endpoint => endpoint.Record)];
        bool[] isRight = new bool[made.Length];
        _ = Parallel.For(0, made.Length, host.Rent, Look, own => own.Dispose());
        for (int i = 0; i < made.Length; i++)
        {
            if (!isRight[i])
            {
                Repair(lane, made[i], networks[made[i].Network], findings);
            }
        }

        // Most of a look is the kernel's, and the looks do not wait for each other.
        HostLane Look(int number, ParallelLoopState loop, HostLane own)
        {
            EndpointRecord record = made[number];
            isRight[number] = IsRight(own, record, networks[record.Network], links, scope.Contains(record.HostInterface, record.OwnAddresses()));
            return own;
        }
    }

    /// <summary>Whether all is as it is to be. Of what cannot be looked at the repair tells why.</summary>
    private static bool IsRight(HostLane lane, EndpointRecord record, NetworkRecord network, Dictionary<string, Link> links, bool inside)
    {
        try
        {
            return links.TryGetValue(record.HostInterface, out Link? veth)
                && FaultsOf(lane, record, network, veth, links.GetValueOrDefault(network.Device)?.Index).Count == 0
                && !(inside && IsWrongInside(record, veth));
        }
        catch (BridgeNetException)
        {
            return false;
        }
    }

    private void Repair(HostLane lane, EndpointRecord record, NetworkRecord network, RepairFindings findings)
    {
        try
        {
            using HeldLock alone = state.Locks.Acquire(record.Id);
            if (state.FindMade(record.Id) is { } current)
            {
                Mend(lane, current, network, findings);
            }
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENODEV)
        {
            // it, or its container, ended while it was looked at: the next look tells
        }
        catch (BridgeNetException error)
        {
            findings.Beyond($"endpoint {record.Name}", error.Message);
        }
    }

    private void Mend(HostLane lane, EndpointRecord record, NetworkRecord network, RepairFindings findings)
    {
        string thing = $"endpoint {record.Name}";
        using NetworkNamespace? sandbox = RecordedSandbox.TryOpen(record);
        Link? veth = lane.Route.TryGetLink(LinkSelector.ByName(InterfaceName.Parse(record.HostInterface)));
        if (veth is null && sandbox is null)
        {
            _teardown.Remove(record, RecordPhase.Done);
            findings.Ended(record.Name);
            return;
        }
        if (lane.Route.TryGetLink(LinkSelector.ByName(network.DeviceName())) is not { } bridge)
        {
            findings.Beyond(thing, $"the bridge of network {network.Name} is gone");
            return;
        }
        if (veth is null)
        {
            _ = ContainerWiring.Build(lane.Route, record, network, sandbox!, ToRequest(record), new ContainerSiblings(state, record));
            Shape(lane, record);
            findings.Restored(thing, [$"{record.InterfaceName} of {record.Sandbox} was gone"]);
            return;
        }
        MendOutside(lane, record, network, veth, bridge, findings);
        if (sandbox is not null && veth.PeerIndex is { } index)
        {
            using RouteSocket inside = sandbox.OpenRoute();
            findings.Restored(thing, ContainerAudit.Settle(inside, record, index));
        }
    }

    private static void MendOutside(HostLane lane, EndpointRecord record, NetworkRecord network, Link veth, Link bridge, RepairFindings findings)
    {
        List<string> faults = FaultsOf(lane, record, network, veth, bridge.Index);
        if (faults.Count == 0)
        {
            return;
        }
        lane.Route.Batch().ChangeLink(LinkSelector.ByIndex(veth.Index), new LinkChange
        {
            Master = veth.Master == bridge.Index ? null : bridge.Index,
            Mtu = network.Mtu,
            IsUp = true,
            BridgePort = new BridgePortSettings { Hairpin = true, Isolated = network.Quiet },
        }).Execute();
        if (record.ToBandwidth() is not null)
        {
            Shape(lane, record);
        }
        findings.Restored($"endpoint {record.Name}", faults);
    }

    private static List<string> FaultsOf(HostLane lane, EndpointRecord record, NetworkRecord network, Link veth, int? bridge)
    {
        List<string> faults = [];
        if (veth.Kind is not VethKind)
        {
            throw new EndpointConflictException(record.Name, $"{veth.Name} is not its veth any more: delete what has that name");
        }
        if (veth.Master is null || veth.Master != bridge)
        {
            faults.Add($"{veth.Name} was not on {network.Device}");
        }
        else if (veth.BridgePort is { } port && (port.Hairpin is false || port.Isolated != network.Quiet))
        {
            faults.Add($"{veth.Name} had other settings as a port of {network.Device}");
        }
        if (!veth.IsUp)
        {
            faults.Add($"{veth.Name} was down");
        }
        if (network.Mtu is { } mtu && veth.Mtu != mtu)
        {
            faults.Add($"{veth.Name} had MTU {veth.Mtu}");
        }
        if (record.ToBandwidth() is { } bandwidth && !TrafficShaper.IsThere(lane.Route, veth, ContainerWiring.ShaperNameOf(record), bandwidth))
        {
            faults.Add($"the limits of {veth.Name} were gone");
        }
        return faults;
    }

    /// <summary>A visit to the container. Who has no path to it any more leaves it as it is.</summary>
    private static bool IsWrongInside(EndpointRecord record, Link veth)
    {
        using NetworkNamespace? sandbox = RecordedSandbox.TryOpen(record);
        if (sandbox is null || veth.PeerIndex is not { } index)
        {
            return false;
        }
        using RouteSocket inside = sandbox.OpenRoute();
        return ContainerAudit.IsWrong(inside, record, index);
    }

    private static void Shape(HostLane lane, EndpointRecord record)
    {
        InterfaceName name = InterfaceName.Parse(record.HostInterface);
        if (record.ToBandwidth() is { } bandwidth)
        {
            TrafficShaper.Apply(lane.Route, name, ContainerWiring.ShaperNameOf(record), lane.Route.GetLink(LinkSelector.ByName(name)).Mtu ?? 1500, bandwidth);
        }
    }

    private static EndpointRequest ToRequest(EndpointRecord record) => new()
    {
        InterfaceName = InterfaceName.Parse(record.InterfaceName),
        Sysctls = ValueList.From(record.Sysctls ?? new Dictionary<string, string>(StringComparer.Ordinal)),
    };
}
