using BridgeNet.Endpoints;
using BridgeNet.Host;
using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Shaping;
using BridgeNet.State;
using BridgeNet.Wiring;

namespace BridgeNet.Repairs;

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
        Dictionary<string, NetworkState> networks = records.NetworksIn(RecordPhase.Done);
        Dictionary<InterfaceName, Link> links = [];
        foreach (Link link in lane.Route.ListLinks(hasStatistics: false))
        {
            links[RenamedLinks.NameOf(link)] = link; // names that are no UTF-8 may read alike, and are not ours
        }
        EndpointState[] made = [.. records.EndpointsIn(RecordPhase.Done).Where(endpoint => networks.ContainsKey(endpoint.Network))];
        bool[] isRight = new bool[made.Length];
        _ = Parallel.For(0, made.Length, host.Rent, Look, own => own.Dispose());
        for (int i = 0; i < made.Length; i++)
        {
            if (!isRight[i])
            {
                Repair(lane, made[i], networks[made[i].Network], links.ContainsKey(made[i].HostInterface), findings);
            }
        }

        // Most of a look is the kernel's, and the looks do not wait for each other.
        HostLane Look(int number, ParallelLoopState loop, HostLane own)
        {
            EndpointState endpoint = made[number];
            bool looksInside = scope.Contains(endpoint.HostInterface, endpoint.OwnAddresses);
            isRight[number] = IsRight(own, endpoint, networks[endpoint.Network], links, looksInside);
            return own;
        }
    }

    /// <summary>Whether all is as it is to be. Of what cannot be looked at the repair tells why.</summary>
    private static bool IsRight(HostLane lane, EndpointState endpoint, NetworkState network, Dictionary<InterfaceName, Link> links, bool inside)
    {
        try
        {
            return links.TryGetValue(endpoint.HostInterface, out Link? veth)
                && FaultsOf(lane, endpoint, network, veth, links.GetValueOrDefault(network.Device)?.Index).Count == 0
                && !(inside && IsWrongInside(endpoint, veth));
        }
        catch (BridgeNetException)
        {
            return false;
        }
    }

    private void Repair(HostLane lane, EndpointState endpoint, NetworkState network, bool hasLink, RepairFindings findings)
    {
        try
        {
            using HeldLock? alone = findings.Mends ? state.Locks.Acquire(endpoint.Id) : state.Locks.TryAcquire(endpoint.Id);
            if (alone is not null && state.FindMade(endpoint.Id) is { } current) // a check leaves out what somebody is just changing
            {
                Mend(lane, current, network, hasLink, findings);
            }
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENODEV)
        {
            // it, or its container, ended while it was looked at: the next look tells
        }
        catch (BridgeNetException error)
        {
            findings.Beyond(endpoint, error.Message);
        }
    }

    /// <param name="lane">The caller's sockets.</param>
    /// <param name="endpoint">The endpoint, whose lock the caller holds.</param>
    /// <param name="network">Its network.</param>
    /// <param name="hasLink">Whether it had its veth a moment ago, under whatever name.</param>
    /// <param name="findings">Gets what was found.</param>
    private void Mend(HostLane lane, EndpointState endpoint, NetworkState network, bool hasLink, RepairFindings findings)
    {
        using NetworkNamespace? sandbox = RecordedSandbox.TryOpen(endpoint);
        Link? veth = lane.Route.TryGetLink(LinkSelector.ByName(endpoint.HostInterface))
            ?? (hasLink ? RestoreName(lane.Route, endpoint, findings) : null);
        if (veth is null && sandbox is null)
        {
            if (findings.Mends)
            {
                _teardown.Remove([new EndpointEnding(endpoint, RecordPhase.Done)])[0].ThrowIfFailed();
            }
            findings.Ended(endpoint);
            return;
        }
        int? bridge = lane.Route.TryGetIndex(network.Device)
            ?? (findings.Mends ? null : RenamedLinks.Find(lane.Route.ListLinks(hasStatistics: false), network)?.Index);
        if (bridge is null && (findings.Mends || network.Definition.Adopt)) // a repair has made its own bridges, or named them again, by now
        {
            findings.Beyond(endpoint, $"the bridge of network {network.Name} is gone");
            return;
        }
        if (veth is null)
        {
            if (findings.Mends)
            {
                Wire(lane, endpoint, network, sandbox!);
            }
            findings.Restored(endpoint, $"{endpoint.InterfaceName} of {endpoint.SandboxPath} was gone");
            return;
        }
        MendOutside(lane, endpoint, network, veth, bridge, findings);
        if (sandbox is not null && veth.PeerIndex is { } index)
        {
            using RouteSocket inside = sandbox.OpenRoute();
            findings.Restored(endpoint, ContainerAudit.Look(inside, endpoint, index, findings.Mends));
        }
    }

    private void Wire(HostLane lane, EndpointState endpoint, NetworkState network, NetworkNamespace sandbox)
    {
        using RouteSocket empty = sandbox.OpenRoute();
        _ = ContainerWiring.Build(
            lane.Route, empty, endpoint, network.Definition, sandbox, mayRename: false, new ContainerSiblings(state, endpoint));
        Shape(lane, endpoint);
    }

    private static Link? RestoreName(RouteSocket route, EndpointState endpoint, RepairFindings findings)
    {
        if (RenamedLinks.Find(route.ListLinks(hasStatistics: false), endpoint) is not { } renamed)
        {
            return null;
        }
        if (findings.Mends)
        {
            RenamedLinks.Restore(route, renamed, endpoint.HostInterface);
            findings.Restored(endpoint, $"{endpoint.HostInterface} was called {renamed.Name}");
        }
        return route.TryGetLink(LinkSelector.ByIndex(renamed.Index));
    }

    private static void MendOutside(HostLane lane, EndpointState endpoint, NetworkState network, Link veth, int? bridge, RepairFindings findings)
    {
        List<string> faults = FaultsOf(lane, endpoint, network, veth, bridge);
        if (faults.Count == 0)
        {
            return;
        }
        if (findings.Mends)
        {
            lane.Route.Batch().ChangeLink(LinkSelector.ByIndex(veth.Index), new LinkChange
            {
                Master = veth.Master == bridge ? null : bridge,
                Mtu = network.Definition.Mtu,
                IsUp = true,
                BridgePort = new BridgePortSettings { Hairpin = true, Isolated = !network.Definition.InterContainer },
            }).Execute();
            Shape(lane, endpoint);
        }
        findings.Restored(endpoint, faults);
    }

    private static List<string> FaultsOf(HostLane lane, EndpointState endpoint, NetworkState network, Link veth, int? bridge)
    {
        List<string> faults = [];
        if (veth.Kind is not VethKind)
        {
            throw new EndpointConflictException(endpoint.Name, $"{veth.Name} is not its veth any more: delete what has that name");
        }
        if (veth.Name != endpoint.HostInterface)
        {
            faults.Add($"{endpoint.HostInterface} was called {veth.Name}");
        }
        if (veth.Master is null || veth.Master != bridge)
        {
            faults.Add($"{endpoint.HostInterface} was not on {network.Device}");
        }
        else if (veth.BridgePort is { } port && (port.Hairpin is false || port.Isolated == network.Definition.InterContainer))
        {
            faults.Add($"{endpoint.HostInterface} had other settings as a port of {network.Device}");
        }
        if (!veth.IsUp)
        {
            faults.Add($"{endpoint.HostInterface} was down");
        }
        if (network.Definition.Mtu is { } mtu && veth.Mtu != mtu)
        {
            faults.Add($"{endpoint.HostInterface} had MTU {veth.Mtu}");
        }
        if (endpoint.Bandwidth is { } bandwidth && !TrafficShaper.IsThere(lane.Route, veth, LinkNames.OfShaper(endpoint.Id), bandwidth))
        {
            faults.Add($"the limits of {endpoint.HostInterface} were gone");
        }
        return faults;
    }

    /// <summary>A visit to the container. Who has no path to it any more leaves it as it is.</summary>
    private static bool IsWrongInside(EndpointState endpoint, Link veth)
    {
        using NetworkNamespace? sandbox = RecordedSandbox.TryOpenAlike(endpoint);
        if (sandbox is null || veth.PeerIndex is not { } index)
        {
            return false;
        }
        using RouteSocket inside = sandbox.OpenRoute();
        return RecordedSandbox.IsOf(endpoint, inside) && ContainerAudit.IsWrong(inside, endpoint, index);
    }

    private static void Shape(HostLane lane, EndpointState endpoint)
    {
        if (endpoint.Bandwidth is not null)
        {
            TrafficShaper.Apply(lane.Route, endpoint);
        }
    }
}
