using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Namespaces;
using BridgeNet.State;

using Microsoft.Extensions.Logging;

namespace BridgeNet.Endpoints;

/// <summary>Attaches, changes and detaches endpoints. A verb holds the endpoint's own lock; verbs on different endpoints do not wait for each other.</summary>
internal sealed partial class EndpointLifecycle(StateDirectory state, HostSockets host, LivingOwner owner, ILogger logger)
{
    private readonly EndpointReservation _reservation = new(state);
    private readonly EndpointTeardown _teardown = new(state, host);
    private readonly PortPublisher _publisher = new(state, host);

    /// <summary>Attaches a container; see <see cref="Network.Attach"/>.</summary>
    public EndpointLease Attach(NetworkRecord network, NetworkNamespace sandbox, EndpointRequest request)
    {
        request.Validate();
        if (sandbox.Identity == host.Namespace.Identity)
        {
            throw new ConfigurationException("namespace", $"{sandbox.Path} is the host's own: a container needs one of its own");
        }
        string id = EndpointId.Draw();
        string? ownerId = request.Keep ? null : owner.Take();
        using HeldLock alone = state.Locks.Acquire(id);
        try
        {
            using HeldLock networkStays = state.LockNetwork(network.Name, shared: true);
            if (!state.Networks.Exists(network.Name))
            {
                throw new NetworkNotFoundException(network.Name);
            }
            EndpointRecord record = _reservation.Reserve(id, network, sandbox, request) with { Owner = ownerId };
            return new EndpointLease(Build(network, sandbox, request, record).ToEndpoint(), this);
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
        try
        {
            return _publisher.Publish(lane, record, specs, intended => state.Endpoints.Replace(record.Id, intended));
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
        PublishedPort[] published = [.. record.Ports.Select(EndpointMapping.ToPort)];
        HashSet<PublishedPort> ending = [];
        foreach (PortSpec spec in specs)
        {
            PublishedPort[] named = [.. published.Where(port => IsNamedBy(port, spec))];
            if (named.Length == 0)
            {
                throw new ConfigurationException("port", $"{spec} is not published by endpoint {record.Name}");
            }
            ending.UnionWith(named);
        }
        using HostLane lane = host.Rent();
        FirewallTable.Unpublish(lane.Netfilter, ending, record.Id, isCertain: true);
        EndpointRecord changed = record with { Ports = [.. published.Where(port => !ending.Contains(port)).Select(EndpointMapping.ToRecord)] };
        state.Endpoints.Replace(record.Id, changed);
        return changed;
    });

    /// <summary>The endpoint of an id or name; null if there is none.</summary>
    public Endpoint? Find(string idOrName) =>
        Resolve(idOrName) is { } id && state.Endpoints.Find(id, out RecordPhase phase) is { } record && phase is RecordPhase.Done
            ? record.ToEndpoint()
            : null;

    /// <summary>All endpoints that are made, in the order of their ids.</summary>
    public IReadOnlyList<Endpoint> List() =>
    [
        .. from listed in state.Endpoints.List()
           where listed.Phase is RecordPhase.Done
           let record = state.Endpoints.Find(listed.Id, out _)
           where record is not null
           select record.ToEndpoint(),
    ];

    private static bool IsNamedBy(PublishedPort port, PortSpec spec) =>
        port.Protocol == spec.Protocol
        && Equals(port.HostAddress, spec.HostAddress)
        && port.ContainerPort >= spec.ContainerPorts.First
        && port.ContainerPort <= spec.ContainerPorts.Last
        && (spec.HostPorts is not { } hostPorts || (port.HostPort >= hostPorts.First && port.HostPort <= hostPorts.Last));

    private EndpointRecord Build(NetworkRecord network, NetworkNamespace sandbox, EndpointRequest request, EndpointRecord record)
    {
        EndpointRecord intended = record;
        try
        {
            using HostLane lane = host.Rent();
            record = _publisher.Publish(lane, record, request.Publish, ports => state.Endpoints.WriteIntent(record.Id, intended = ports));
            record = ContainerWiring.Build(lane.Route, record, network, sandbox, request.InterfaceName);
            if (record != intended)
            {
                state.Endpoints.WriteIntent(record.Id, record);
            }
            state.Endpoints.Commit(record.Id);
            return record;
        }
        catch
        {
            Undo(intended);
            throw;
        }
    }

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
        if (state.Endpoints.Find(id, out RecordPhase phase) is { } record && phase is RecordPhase.Done)
        {
            return change(record).ToEndpoint();
        }
        if (state.Endpoints.Find(id, out _) is null)
        {
            state.Locks.Remove(id);
        }
        throw new EndpointNotFoundException(idOrName);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "endpoint {Id} is not detached: gc will try again")]
    private partial void LogNotDetached(Exception error, string id);
}
