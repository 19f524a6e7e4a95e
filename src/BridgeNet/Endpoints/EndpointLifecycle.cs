using BridgeNet.Announcing;
using BridgeNet.Definitions;
using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Ports;
using BridgeNet.Publishing;
using BridgeNet.Shaping;
using BridgeNet.State;

using Microsoft.Extensions.Logging;

namespace BridgeNet.Endpoints;

/// <summary>Attaches, changes and detaches endpoints. Each verb holds its endpoint's lock, so verbs on different endpoints run at once.</summary>
internal sealed partial class EndpointLifecycle(StateDirectory state, HostSockets host, LivingOwner owner, Announcer announcer, ILogger logger)
    : IDisposable
{
    private readonly EndpointAttacher _attacher = new(state, host, owner, announcer, logger);
    private readonly EndpointTeardown _teardown = new(state, host);
    private readonly PortPublisher _publisher = new(state, host);

    /// <summary>Is told when this process has attached or detached endpoints; it is to be quick.</summary>
    public Action? Changed { get; set; }

    /// <summary>What this process does for the ports of endpoints.</summary>
    public PortKeepers Keepers { get; } = new(state);

    /// <inheritdoc/>
    public void Dispose() => Keepers.Dispose();

    /// <summary>Attaches containers, all or none; see <see cref="Network.AttachMany"/>.</summary>
    /// <returns>The leases, in the same order.</returns>
    public IReadOnlyList<EndpointLease> Attach(
        NetworkState network, IReadOnlyList<(NetworkNamespace? Sandbox, EndpointRequest Request)> containers)
    {
        EndpointLease[] leases = [.. _attacher.Attach(network, containers).Select(draft => draft.HandOver(this))];
        Changed?.Invoke();
        return leases;
    }

    /// <summary>Makes an endpoint whose interface a runtime moves; see <see cref="Network.Prepare"/>.</summary>
    public Endpoint Prepare(NetworkState network, EndpointRequest request)
    {
        request.ValidateOutside();
        return Attach(network, [(null, request with { Keep = true })])[0].Endpoint;
    }

    /// <summary>Detaches an endpoint.</summary>
    /// <returns>False if there is none of that id or name.</returns>
    /// <exception cref="TeardownException">Something could not be taken down.</exception>
    public bool Detach(string idOrName)
    {
        if (Resolve(idOrName) is not { } id)
        {
            return false;
        }
        using EndpointLocks locks = new(state);
        if (locks.Take(id) is not { } ending)
        {
            return false;
        }
        _teardown.Remove([ending])[0].ThrowIfFailed();
        AwaitRelease(ending.Endpoint, ending.Endpoint.Ports);
        Changed?.Invoke();
        return true;
    }

    /// <summary>Detaches several endpoints together. A failure of one does not stop the others.</summary>
    /// <returns>Those of <paramref name="idsOrNames"/> that named an endpoint.</returns>
    /// <exception cref="TeardownException">Something could not be taken down; everything else was.</exception>
    public IReadOnlyList<string> DetachMany(IEnumerable<string> idsOrNames)
    {
        Namespaces.TeardownSteps looks = new();
        List<(string Word, string Id)> found = [];
        foreach (string word in idsOrNames)
        {
            looks.Try(() => found.AddRange(Resolve(word) is { } id ? [(word, id)] : []));
        }
        HashSet<string> gone = new(StringComparer.Ordinal);
        List<EndpointState> ended = [];
        List<Exception> failures = [];
        // always in the order of the ids: two callers that want the same locks cannot deadlock
        IEnumerable<string> ordered = found.Select(one => one.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (string[] ids in ordered.Chunk(EndpointTeardown.Together))
        {
            using EndpointLocks locks = new(state);
            List<EndpointEnding> endings = [];
            foreach (string id in ids)
            {
                looks.Try(() => endings.AddRange(locks.Take(id) is { } ending ? [ending] : []));
            }
            foreach (EndpointEnding ending in _teardown.Remove(endings))
            {
                failures.AddRange(ending.Steps.Failures);
                _ = gone.Add(ending.Endpoint.Id);
                ended.Add(ending.Endpoint);
            }
        }
        ended.ForEach(endpoint => AwaitRelease(endpoint, endpoint.Ports));
        Changed?.Invoke();
        failures.InsertRange(0, looks.Failures);
        return failures.Count == 0
            ? [.. found.Where(one => gone.Contains(one.Id)).Select(one => one.Word)]
            : throw new TeardownException("endpoints", failures);
    }

    /// <summary>Detaches an endpoint of this process; logs a failure.</summary>
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

    /// <summary>Lets an endpoint of this process outlive it.</summary>
    public Endpoint Keep(string id)
    {
        using EndpointEdit edit = Edit(id);
        EndpointState kept = edit.Commit(edit.Before with { Owner = null });
        owner.Release();
        return kept.ToEndpoint();
    }

    /// <summary>Publishes more ports of a live endpoint.</summary>
    public Endpoint Publish(string idOrName, IReadOnlyList<PortSpec> specs)
    {
        FreePorts.Check(specs, () => host.Namespace.Run(EphemeralPorts.Read));
        using EndpointEdit edit = Edit(idOrName, specs);
        NetworkState network = NetworkOf(edit.Before);
        using HostLane lane = host.Rent();
        edit.Settle(DoubtfulPorts.Settled(lane.Netfilter, edit.Before));
        try
        {
            _publisher.Publish(lane, network, [edit]);
        }
        catch
        {
            Cancel(edit);
            throw;
        }
        return CommitPublished(edit).ToEndpoint();
    }

    /// <summary>This process holds an endpoint's ports; see <see cref="BridgeDriver.HoldPorts"/>.</summary>
    public void HoldPorts(string idOrName, IReadOnlyList<PortSpec> specs)
    {
        using EndpointEdit edit = Edit(idOrName);
        if (Keepers.IsLeased(edit.Before.Id))
        {
            return;
        }
        Keepers.End(edit.Before.Id);
        Keepers.Own(edit.Before.Id, PortKeeper.Take(host.Namespace, edit.Before, specs, state.InternalSubnets()));
    }

    /// <summary>Lets go of ports that this process holds for endpoints which do not have them any more.</summary>
    public void FollowRecords() => Keepers.FollowAll();

    /// <summary>Unpublishes ports of a live endpoint.</summary>
    /// <exception cref="ConfigurationException">A specification names no published port.</exception>
    public Endpoint Unpublish(string idOrName, IReadOnlyList<PortSpec> specs)
    {
        using EndpointEdit edit = Edit(idOrName);
        using HostLane lane = host.Rent();
        EndpointState endpoint = DoubtfulPorts.Settled(lane.Netfilter, edit.Before);
        PortChange change = PortChange.Unpublish(endpoint, specs);
        edit.Intend(endpoint, change);
        PortPublisher.Unpublish(lane, endpoint, change, isCertain: !endpoint.PortsInDoubt);
        EndpointState less = edit.Commit(endpoint with { Ports = change.After });
        AwaitRelease(less, change.Ending);
        return less.ToEndpoint();
    }

    /// <summary>Changes a live endpoint's bandwidth limits.</summary>
    public Endpoint Limit(string idOrName, Bandwidth? bandwidth)
    {
        using EndpointEdit edit = Edit(idOrName);
        bandwidth?.Validate();
        using HostLane lane = host.Rent();
        EndpointState changed = edit.Before with { Bandwidth = Bandwidth.Normalize(bandwidth) };
        if (changed.Bandwidth is null)
        {
            TrafficShaper.Apply(lane.Route, changed);
            return edit.Commit(changed).ToEndpoint();
        }
        EndpointState limited = edit.Commit(changed); // from now on a teardown also deletes the shaper's link, and a repair restores it
        try
        {
            TrafficShaper.Apply(lane.Route, limited);
        }
        catch
        {
            RestoreLimits(lane, edit);
            throw;
        }
        return limited.ToEndpoint();
    }

    /// <summary>Reads an endpoint's counters.</summary>
    public EndpointStatistics Measure(string idOrName)
    {
        EndpointState endpoint = FindState(idOrName) ?? throw new EndpointNotFoundException(idOrName);
        using HostLane lane = host.Rent();
        return StatisticsReader.Read(lane, endpoint);
    }

    /// <summary>The endpoint of an id or name; null if there is none.</summary>
    public Endpoint? Find(string idOrName) => FindState(idOrName)?.ToEndpoint();

    /// <summary>All committed endpoints, in the order of their ids.</summary>
    public IReadOnlyList<Endpoint> List() =>
    [
        .. from endpoint in state.Endpoints.All()
           where endpoint.Phase is RecordPhase.Done
           select endpoint.Record.ToEndpoint(),
    ];

    /// <summary>A living process that may hold an endpoint's ports lets go of those that were taken back.</summary>
    private void AwaitRelease(EndpointState endpoint, IReadOnlyCollection<PublishedPort> ports)
    {
        if (!Keepers.Follow(endpoint.Id) && endpoint.Owner is { } process && ports.Count > 0 && !owner.Is(process) && state.Owners.Exists(process))
        {
            PortRelease.Await(host.Namespace, ports);
        }
    }

    /// <summary>
    /// The ports are published, and the record lists them. If it cannot be written that nothing is in doubt any more, the doubt stays, and the next
    /// repair ends it.
    /// </summary>
    private EndpointState CommitPublished(EndpointEdit edit)
    {
        try
        {
            return edit.Commit(edit.Endpoint);
        }
        catch (BridgeNetException error)
        {
            LogInDoubt(error, edit.Endpoint.Id);
            return edit.Endpoint;
        }
    }

    /// <summary>Logs what fails here, for the error that led here is the one to tell; the record then calls the ports in doubt.</summary>
    private void Cancel(EndpointEdit edit)
    {
        try
        {
            edit.Cancel();
        }
        catch (BridgeNetException error)
        {
            LogInDoubt(error, edit.Before.Id);
        }
    }

    /// <summary>Logs what fails here, for the error that led here is the one to tell; the record then names the limits that a repair sets.</summary>
    private void RestoreLimits(HostLane lane, EndpointEdit edit)
    {
        try
        {
            TrafficShaper.Apply(lane.Route, edit.Before);
            edit.Cancel();
        }
        catch (BridgeNetException error)
        {
            LogLimits(error, edit.Before.Id);
        }
    }

    private EndpointState? FindState(string idOrName) =>
        Resolve(idOrName) is { } id && state.Endpoints.Find(id, out RecordPhase phase) is { } endpoint && phase is RecordPhase.Done ? endpoint : null;

    private NetworkState NetworkOf(EndpointState endpoint) =>
        state.Networks.Find(endpoint.Network, out _) ?? throw new NetworkNotFoundException(endpoint.Network);

    /// <summary>The id of an endpoint. A text that is one's id and another's name means the one whose id it is.</summary>
    private string? Resolve(string idOrName)
    {
        ArgumentException.ThrowIfNullOrEmpty(idOrName);
        if (!ObjectName.IsValid(idOrName))
        {
            return null;
        }
        string? named = state.Names.OwnerOf(idOrName);
        bool isAnId = named is null
            ? EndpointId.IsValid(idOrName) && state.Endpoints.Find(idOrName, out _) is not null
            : EndpointId.IsValid(idOrName) && !string.Equals(named, idOrName, StringComparison.Ordinal) && state.Endpoints.Exists(idOrName);
        return isAnId ? idOrName : named;
    }

    private EndpointEdit Edit(string idOrName, IReadOnlyList<PortSpec>? publish = null) =>
        (Resolve(idOrName) is { } id ? EndpointEdit.TryBegin(state, id, publish) : null) ?? throw new EndpointNotFoundException(idOrName);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the former limits of endpoint {Id} could not be restored: repair it, or limit it again")]
    private partial void LogLimits(Exception error, string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the record of endpoint {Id} calls its ports in doubt: repair it")]
    private partial void LogInDoubt(Exception error, string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "endpoint {Id} is not detached: gc will try again")]
    private partial void LogNotDetached(Exception error, string id);
}
