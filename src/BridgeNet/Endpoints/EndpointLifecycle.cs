using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Namespaces;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

using Microsoft.Extensions.Logging;

namespace BridgeNet.Endpoints;

/// <summary>Attaches, changes and detaches endpoints. A verb holds the endpoint's own lock; verbs on different endpoints do not wait for each other.</summary>
internal sealed partial class EndpointLifecycle(
    StateDirectory state, HostSockets host, LivingOwner owner, Announcer announcer, ILogger logger)
{
    private readonly EndpointReservation _reservation = new(state);
    private readonly EndpointTeardown _teardown = new(state, host);
    private readonly NeighbourMemory _neighbours = new(state);
    private readonly PortPublisher _publisher = new(state, host);

    /// <summary>Attaches a container; see <see cref="Network.Attach"/>.</summary>
    public EndpointLease Attach(NetworkRecord network, NetworkNamespace sandbox, EndpointRequest request)
    {
        Check(sandbox, request);
        string id = EndpointId.Draw();
        string? ownerId = request.Keep ? null : owner.Take();
        using HeldLock alone = state.Locks.Acquire(id);
        try
        {
            using HeldLock networkStays = Hold(network);
            EndpointRecord record = _reservation.Reserve(id, network, sandbox, request) with { Owner = ownerId };
            Endpoint endpoint = Build(network, sandbox, request, record).ToEndpoint();
            return new EndpointLease(endpoint, this, request.HoldPorts ? HoldPorts(endpoint, request) : null);
        }
        catch
        {
            state.Locks.Remove(id);
            if (ownerId is not null)
            {
                owner.Release();
            }
            throw;
        }
    }

    /// <summary>Detaches an endpoint.</summary>
    /// <returns>False if there is none of that id or name.</returns>
    /// <exception cref="TeardownException">Something could not be taken down.</exception>
    public bool Detach(string idOrName)
    {
        string? id = Resolve(idOrName);
        if (id is null)
        {
            return false;
        }
        using HeldLock alone = state.Locks.Acquire(id);
        EndpointRecord? record = state.Endpoints.Find(id, out RecordPhase phase);
        if (record is null)
        {
            state.Locks.Remove(id);
            return false;
        }
        _teardown.Remove(record, phase);
        return true;
    }

    /// <summary>Ends an endpoint of this process; a failure is logged.</summary>
    public void EndOwned(string id)
    {
        try
        {
            _ = Detach(id);
            owner.Release();
        }
        catch (Exception error) when (error is BridgeNetException or ObjectDisposedException)
        {
            LogNotDetached(error, id);
        }
    }

    /// <summary>Makes an endpoint of this process outlive it.</summary>
    public Endpoint Keep(string id) => Change(id, record =>
    {
        EndpointRecord kept = record with { Owner = null };
        state.Endpoints.Replace(id, kept);
        owner.Release();
        return kept;
    });

    /// <summary>Publishes further ports of a live endpoint.</summary>
    public Endpoint Publish(string idOrName, IReadOnlyList<PortSpec> specs) => Change(idOrName, record =>
    {
        using HostLane lane = host.Rent();
        NetworkRecord network = NetworkOf(record);
        try
        {
            EndpointRecord changed = _publisher.Publish(
                lane, network, record, specs, [], intended => state.Endpoints.Replace(record.Id, intended with { PortsInDoubt = true }));
            state.Endpoints.Replace(record.Id, changed);
            return changed;
        }
        catch
        {
            state.Endpoints.Replace(record.Id, record);
            throw;
        }
    });

    /// <summary>Takes published ports of a live endpoint back.</summary>
    /// <exception cref="ConfigurationException">A specification names nothing that is published.</exception>
    public Endpoint Unpublish(string idOrName, IReadOnlyList<PortSpec> specs) => Change(idOrName, record =>
    {
        NetworkRecord network = NetworkOf(record);
        IReadOnlyList<System.Net.IPAddress> unsaid = [.. network.HostAddresses(hasIPv6: true), System.Net.IPAddress.Any, System.Net.IPAddress.IPv6Any];
        PublishedPort[] published = [.. record.Ports.Select(EndpointMapping.ToPort)];
        PublishedPort[] staying = published;
        HashSet<PublishedPort> ending = [];
        foreach (PortSpec spec in specs)
        {
            PortSelection selection = new(spec, unsaid);
            PublishedPort[] named = [.. published.Select(selection.Of).OfType<PublishedPort>()];
            if (named.Length == 0)
            {
                throw new ConfigurationException("port", $"{spec} is not published by endpoint {record.Name}");
            }
            ending.UnionWith(named);
            staying = [.. staying.SelectMany(selection.RestOf)];
        }
        HashSet<PublishedPort> whole = [.. published];
        staying = [.. staying.SelectMany(port => whole.Contains(port) ? [port] : PortRuns.Settle([port], staying))];
        using HostLane lane = host.Rent();
        state.Endpoints.Replace(record.Id, record with { PortsInDoubt = true });
        PublishedPorts.Change(
            lane.Netfilter,
            [.. record.ToPublications(network, published)],
            [.. record.ToPublications(network, staying)],
            [],
            record.Id,
            isCertain: !record.PortsInDoubt);
        _ = ConnectionFlush.Flush(lane.Netfilter, lane.Route, [.. ending], [.. record.OwnAddresses()], isRemoval: true);
        EndpointRecord changed = record with { Ports = [.. staying.Select(EndpointMapping.ToRecord)] };
        state.Endpoints.Replace(record.Id, changed);
        return changed;
    });

    /// <summary>Changes how fast a live endpoint may send and receive.</summary>
    public Endpoint Limit(string idOrName, Bandwidth? bandwidth) => Change(idOrName, record =>
    {
        bandwidth?.Validate();
        using HostLane lane = host.Rent();
        EndpointRecord changed = record.With(bandwidth);
        if (changed.EgressRate is not null)
        {
            state.Endpoints.Replace(record.Id, changed); // from now on a teardown looks for the shaper's link
        }
        Shape(lane, changed);
        state.Endpoints.Replace(record.Id, changed);
        return changed;
    });

    /// <summary>What went through an endpoint.</summary>
    public EndpointStatistics Measure(string idOrName)
    {
        EndpointRecord record = Resolve(idOrName) is { } id && state.Endpoints.Find(id, out RecordPhase phase) is { } found && phase is RecordPhase.Done
            ? found
            : throw new EndpointNotFoundException(idOrName);
        using HostLane lane = host.Rent();
        return StatisticsReader.Read(lane, NetworkOf(record), record);
    }

    /// <summary>The endpoint of an id or name; null if there is none.</summary>
    public Endpoint? Find(string idOrName) =>
        Resolve(idOrName) is { } id && state.Endpoints.Find(id, out RecordPhase phase) is { } record && phase is RecordPhase.Done
            ? record.ToEndpoint()
            : null;

    /// <summary>All endpoints that are made, in the order of their ids.</summary>
    public IReadOnlyList<Endpoint> List() =>
    [
        .. from endpoint in state.Endpoints.All()
           where endpoint.Phase is RecordPhase.Done
           select endpoint.Record.ToEndpoint(),
    ];

    private void Check(NetworkNamespace sandbox, EndpointRequest request)
    {
        request.Validate();
        if (sandbox.Identity == host.Namespace.Identity)
        {
            throw new ConfigurationException("namespace", $"{sandbox.Path} is the host's own: a container needs one of its own");
        }
    }

    /// <summary>Keeps a network from being removed.</summary>
    /// <exception cref="NetworkNotFoundException">It was.</exception>
    private HeldLock Hold(NetworkRecord network)
    {
        HeldLock stays = state.LockNetwork(network.Name, shared: true);
        if (!state.Networks.IsDone(network.Name) && !state.Networks.Exists(network.Name))
        {
            stays.Dispose();
            throw new NetworkNotFoundException(network.Name);
        }
        return stays;
    }

    private EndpointRecord Build(NetworkRecord network, NetworkNamespace sandbox, EndpointRequest request, EndpointRecord record)
    {
        EndpointRecord intended = record;
        try
        {
            using HostLane lane = host.Rent();
            TableElement[] guards = [.. record.ToProtected().SelectMany(EndpointElements.Of)];
            intended = _publisher.Publish(lane, network, record, request.Publish, guards, ports => state.Endpoints.WriteIntent(record.Id, intended = ports));
            return Finish(lane, network, sandbox, request, intended);
        }
        catch
        {
            Undo(intended);
            throw;
        }
    }

    /// <summary>The kernel's part behind the packet rules, and the commit.</summary>
    private EndpointRecord Finish(HostLane lane, NetworkRecord network, NetworkNamespace sandbox, EndpointRequest request, EndpointRecord intended)
    {
        (EndpointRecord record, int index) = ContainerWiring.Build(lane.Route, intended, network, sandbox, request, new ContainerSiblings(state, intended));
        if (request.Bandwidth is not null)
        {
            Shape(lane, record);
        }
        if (!string.Equals(record.InterfaceName, intended.InterfaceName, StringComparison.Ordinal))
        {
            state.Endpoints.WriteIntent(record.Id, record);
        }
        state.Endpoints.Commit(record.Id);
        bool misled = _neighbours.Change(record) || network.Adopted; // on somebody else's bridge anybody may have had its addresses
        if (misled && network.Announcements is not 0)
        {
            BridgePortReadiness.Await(lane.Route, InterfaceName.Parse(record.HostInterface));
            Announce(network, record, sandbox, index);
        }
        return record;
    }

    private static void Shape(HostLane lane, EndpointRecord record)
    {
        InterfaceName name = InterfaceName.Parse(record.HostInterface);
        int mtu = lane.Route.GetLink(LinkSelector.ByName(name)).Mtu ?? 1500;
        TrafficShaper.Apply(lane.Route, name, ContainerWiring.ShaperNameOf(record), mtu, record.ToBandwidth());
    }

    private void Announce(NetworkRecord network, EndpointRecord record, NetworkNamespace sandbox, int index)
    {
        _ = announcer.Announce(
            sandbox,
            index,
            MacAddress.Parse(record.MacAddress),
            [.. record.OwnAddresses()],
            network.Announcements ?? Announcer.MostFrames,
            TimeSpan.FromMilliseconds(network.AnnouncementInterval ?? 1000));
    }

    private PortKeeper HoldPorts(Endpoint endpoint, EndpointRequest request)
    {
        try
        {
            return PortKeeper.Take(host.Namespace, endpoint, request.Publish, [.. InternalSubnets()]);
        }
        catch
        {
            if (state.Endpoints.Find(endpoint.Id, out RecordPhase phase) is { } made)
            {
                _teardown.Remove(made, phase);
            }
            throw;
        }
    }

    private IEnumerable<System.Net.IPNetwork> InternalSubnets() =>
        from network in state.Networks.All()
        where network.Record.Internal
        from subnet in network.Record.Subnets
        select System.Net.IPNetwork.Parse(subnet.Subnet);

    private NetworkRecord NetworkOf(EndpointRecord record) =>
        state.Networks.Find(record.Network, out _) ?? throw new NetworkNotFoundException(record.Network);

    private void Undo(EndpointRecord intended)
    {
        try
        {
            _teardown.Remove(intended, RecordPhase.Intent);
        }
        catch (TeardownException error) when (Privilege.WasMissing(error))
        {
            _teardown.Forget(intended); // who may not delete it cannot have made it
        }
        catch (TeardownException error)
        {
            LogNotDetached(error, intended.Id); // the error that led here is the one to tell
        }
    }

    private string? Resolve(string idOrName)
    {
        ArgumentException.ThrowIfNullOrEmpty(idOrName);
        if (!ObjectName.IsValid(idOrName))
        {
            return null;
        }
        return state.Names.OwnerOf(idOrName) ?? (state.Endpoints.Find(idOrName, out _) is null ? null : idOrName);
    }

    private Endpoint Change(string idOrName, Func<EndpointRecord, EndpointRecord> change)
    {
        string id = Resolve(idOrName) ?? throw new EndpointNotFoundException(idOrName);
        using HeldLock alone = state.Locks.Acquire(id);
        return state.FindMade(id) is { } record ? change(record).ToEndpoint() : throw new EndpointNotFoundException(idOrName);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "endpoint {Id} is not detached: gc will try again")]
    private partial void LogNotDetached(Exception error, string id);
}
