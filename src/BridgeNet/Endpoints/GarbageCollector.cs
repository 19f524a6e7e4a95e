using BridgeNet.Host;
using BridgeNet.Namespaces;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>
/// Ends what nobody will end: endpoints whose process died without keeping them, whose namespace is gone (and with it the veth),
/// or which a process that died was making or taking down; and claims and locks without a record. An endpoint whose lock is held is being
/// worked on and left alone.
/// </summary>
internal sealed class GarbageCollector(StateDirectory state, HostSockets host)
{
    private readonly EndpointTeardown _teardown = new(state, host);

    /// <summary>Ends the endpoints of processes that died; cheap when none did.</summary>
    /// <returns>The names of the endpoints that were ended.</returns>
    public IReadOnlyList<string> CollectOrphans()
    {
        List<string> ended = [];
        List<Exception> failures = [];
        foreach (string owner in state.Owners.List())
        {
            using HeldLock? dead = state.Owners.TryAcquire(owner);
            if (dead is null)
            {
                continue;
            }
            int before = failures.Count;
            End(record => string.Equals(record.Owner, owner, StringComparison.Ordinal), ended, failures);
            if (failures.Count == before)
            {
                state.Owners.Remove(owner);
            }
        }
        return failures.Count == 0 ? ended : throw new TeardownException("gc", failures);
    }

    /// <summary>Ends the endpoints of a network whose namespaces are gone.</summary>
    /// <exception cref="TeardownException">Something could not be taken down; everything else was.</exception>
    public void CollectDead(string network)
    {
        List<Exception> failures = [];
        HashSet<string> links = Links();
        End(record => string.Equals(record.Network, network, StringComparison.Ordinal) && IsDead(record, links), [], failures);
        if (failures.Count > 0)
        {
            throw new TeardownException($"the endpoints of network {network}", failures);
        }
    }

    /// <summary>Ends all that nobody will end.</summary>
    /// <returns>The names of the endpoints that were ended.</returns>
    /// <exception cref="TeardownException">Something could not be taken down; everything else was.</exception>
    public IReadOnlyList<string> Collect()
    {
        List<string> ended = [.. CollectOrphans()];
        List<Exception> failures = [];
        HashSet<string> links = Links();
        End(record => IsDead(record, links) || (record.Owner is { } owner && !state.Owners.Exists(owner)), ended, failures);
        foreach (string id in state.Endpoints.ListDrafts())
        {
            using HeldLock? alone = state.Locks.TryAcquire(id);
            if (alone is not null)
            {
                state.Endpoints.DropDraft(id);
            }
        }
        ReleaseStrayClaims();
        return failures.Count == 0 ? ended : throw new TeardownException("gc", failures);
    }

    /// <summary>A veth alone that is gone can be made again, which repair does.</summary>
    private static bool IsDead(EndpointRecord record, HashSet<string> links) => !links.Contains(record.HostInterface) && !RecordedSandbox.IsThere(record);

    /// <summary>Ends the endpoints that are half made or half removed, and of the finished ones those that are dead; several at a time.</summary>
    private void End(Func<EndpointRecord, bool> isDead, List<string> ended, List<Exception> failures)
    {
        foreach ((string Id, RecordPhase Phase)[] some in state.Endpoints.List().Chunk(EndpointTeardown.Together))
        {
            List<HeldLock> locks = [];
            try
            {
                EndpointEnding[] endings = [.. some.Select(listed => Take(listed.Id, isDead, locks, ended, failures)).OfType<EndpointEnding>()];
                foreach (EndpointEnding ending in endings.Length == 0 ? [] : _teardown.Remove(endings))
                {
                    failures.AddRange(ending.Steps.HaveFailed ? [new TeardownException($"endpoint {ending.Record.Name}", ending.Steps.Failures)] : []);
                    if (!ending.Steps.HaveFailed)
                    {
                        ended.Add(ending.Record.Name);
                    }
                }
            }
            finally
            {
                locks.ForEach(held => held.Dispose());
            }
        }
    }

    /// <summary>Takes the lock of an endpoint that is to end, and ends it at once if its record is damaged.</summary>
    private EndpointEnding? Take(string id, Func<EndpointRecord, bool> isDead, List<HeldLock> locks, List<string> ended, List<Exception> failures)
    {
        if (state.Locks.TryAcquire(id) is not { } alone)
        {
            return null;
        }
        locks.Add(alone);
        try
        {
            if (state.Endpoints.Find(id, out RecordPhase phase) is not { } record)
            {
                state.Locks.Remove(id);
            }
            else if (phase is not RecordPhase.Done || isDead(record))
            {
                return new EndpointEnding(record, phase);
            }
        }
        catch (StateException error) when (error.IsDamaged && state.Endpoints.IsOnlyIntended(id))
        {
            state.Endpoints.Forget(id); // cut off while it was written, so before the kernel was touched
            state.Locks.Remove(id);
        }
        catch (StateException error) when (error.IsDamaged)
        {
            EndDamaged(id, failures);
            ended.Add(id);
        }
        catch (BridgeNetException error)
        {
            failures.Add(error);
        }
        return null;
    }

    /// <summary>Of an endpoint whose record is damaged the names of its links are known. What it has in the tables is nobody's from now on.</summary>
    private void EndDamaged(string id, List<Exception> failures)
    {
        TeardownSteps steps = new();
        using (HostLane lane = host.Rent())
        {
            steps.Try(() => lane.Route.DeleteLink(LinkSelector.ByName(ContainerWiring.HostNameOf(id))));
            steps.Try(() => TrafficShaper.Remove(lane.Route, ContainerWiring.ShaperNameOf(id)));
        }
        try
        {
            steps.ThrowIfFailed($"endpoint {id}");
            state.Endpoints.SetAside(id);
            state.Locks.Remove(id);
        }
        catch (TeardownException error)
        {
            failures.Add(error);
        }
    }

    private HashSet<string> Links()
    {
        using HostLane lane = host.Rent();
        return [.. lane.Route.ListLinks().Select(link => link.Name.ToString())];
    }

    private void ReleaseStrayClaims()
    {
        state.ReleaseStray(state.Names.List(), state.Names.Release);
        foreach ((string network, _) in state.Networks.List())
        {
            TidyAddresses(network);
        }
        foreach (string name in state.Locks.List().Where(name => EndpointId.IsValid(name) || name.StartsWith(ContainerSiblings.LockPrefix, StringComparison.Ordinal)))
        {
            using HeldLock? alone = state.Locks.TryAcquire(name);
            if (alone is not null && !state.Endpoints.Exists(name))
            {
                state.Locks.Remove(name);
            }
        }
    }

    /// <summary>Notes of quarantine are dropped only while nobody attaches; there is always a next time.</summary>
    private void TidyAddresses(string network)
    {
        using HeldLock? alone = state.TryLockNetwork(network);
        using HeldLock? together = alone is null ? state.LockNetwork(network, shared: true) : null;
        if (!state.Networks.Exists(network))
        {
            if (alone is not null)
            {
                state.ForgetNetworkLock(network);
            }
            return;
        }
        AddressClaims addresses = state.AddressesOf(network);
        state.ReleaseStray(addresses.List(), addresses.GiveBack);
        if (alone is not null)
        {
            addresses.DropExpired();
        }
    }
}
