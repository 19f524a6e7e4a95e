using BridgeNet.Endpoints;
using BridgeNet.Host;
using BridgeNet.Namespaces;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Networks;
using BridgeNet.Shaping;
using BridgeNet.State;
using BridgeNet.Wiring;

namespace BridgeNet.Repairs;

/// <summary>
/// Removes orphaned endpoints and networks: endpoints whose process died without keeping them, or whose namespace (and with it the veth) is gone;
/// what a dead process left half made or half removed; claims and locks without a record. It leaves alone endpoints whose lock is held.
/// </summary>
internal sealed class GarbageCollector(StateDirectory state, HostSockets host, NetworkLifecycle networks, Repairer repairer)
{
    private readonly EndpointTeardown _teardown = new(state, host);

    /// <summary>Removes all orphans.</summary>
    /// <returns>The names of the removed endpoints and networks.</returns>
    /// <exception cref="TeardownException">A step failed; everything else was removed.</exception>
    public IReadOnlyList<string> Collect()
    {
        List<string> ended = [];
        TeardownSteps steps = new();
        steps.Try(() => EndOrphans(ended, steps));
        steps.Try(() =>
        {
            HashSet<InterfaceName> links = Links();
            End(endpoint => IsDead(endpoint, links) || (endpoint.Owner is { } owner && !state.Owners.Exists(owner)), ended, steps);
        });
        steps.Try(DropDrafts);
        steps.Try(() => ReleaseStrayClaims(steps));
        steps.Try(() => ended.AddRange(networks.Recover(steps)));
        steps.Try(() => Repair(ended, steps));
        steps.ThrowIfFailed("gc", ended);
        return ended;
    }

    /// <summary>Ends the endpoints of dead processes; cheap if there are none.</summary>
    /// <returns>The names of the removed endpoints.</returns>
    /// <exception cref="TeardownException">A step failed; everything else was removed.</exception>
    public IReadOnlyList<string> CollectOrphans()
    {
        List<string> ended = [];
        TeardownSteps steps = new();
        EndOrphans(ended, steps);
        steps.ThrowIfFailed("gc", ended);
        return ended;
    }

    /// <summary>Ends a network's endpoints whose namespaces are gone.</summary>
    /// <exception cref="TeardownException">A step failed; everything else was removed.</exception>
    public void CollectDead(string network)
    {
        TeardownSteps steps = new();
        HashSet<InterfaceName> links = Links();
        End(endpoint => string.Equals(endpoint.Network, network, StringComparison.Ordinal) && IsDead(endpoint, links), [], steps);
        steps.ThrowIfFailed($"the endpoints of network {network}");
    }

    /// <summary>
    /// If only the veth is gone, repair makes it again. The links were listed before the endpoint was locked, which may have been made since.
    /// </summary>
    private bool IsDead(EndpointState endpoint, HashSet<InterfaceName> links)
    {
        if (links.Contains(endpoint.HostInterface) || RecordedSandbox.IsThere(endpoint))
        {
            return false;
        }
        using HostLane lane = host.Rent();
        return lane.Route.TryGetIndex(endpoint.HostInterface) is null
            && RenamedLinks.Find(lane.Route.ListLinks(hasStatistics: false), endpoint) is null;
    }

    /// <summary>Ends ports that a dead process was just publishing or unpublishing, and containers that died since the others were ended.</summary>
    private void Repair(List<string> ended, TeardownSteps steps)
    {
        // what is of another state directory is no garbage
        RepairReport report = repairer.Repair(new RepairScope(), tellsStrangers: false);
        ended.AddRange(report.Ended.Select(finding => finding.Endpoint!));
        IReadOnlyList<Exception> told = [.. steps.Failures];
        foreach (RepairFinding finding in report.BeyondRepair.Where(
            finding => !told.Any(failure => finding.Text.EndsWith(failure.Message, StringComparison.Ordinal))))
        {
            steps.Add(new RepairException(finding.ToString()));
        }
    }

    private void EndOrphans(List<string> ended, TeardownSteps steps)
    {
        foreach (string owner in state.Owners.List())
        {
            using HeldLock? dead = state.Owners.TryAcquire(owner);
            if (dead is null)
            {
                continue;
            }
            int before = steps.Failures.Count;
            End(endpoint => string.Equals(endpoint.Owner, owner, StringComparison.Ordinal), ended, steps);
            if (steps.Failures.Count == before)
            {
                state.Owners.Remove(owner);
            }
        }
    }

    /// <summary>Ends half made and half removed endpoints, and dead ones, several at a time.</summary>
    private void End(Func<EndpointState, bool> isDead, List<string> ended, TeardownSteps steps)
    {
        foreach ((string Id, RecordPhase Phase)[] some in state.Endpoints.List().Chunk(EndpointTeardown.Together))
        {
            using EndpointLocks locks = new(state);
            List<EndpointEnding> endings = [];
            foreach ((string id, _) in some)
            {
                steps.Try(() => endings.AddRange(Take(id, isDead, locks, ended) is { } ending ? [ending] : []));
            }
            foreach (EndpointEnding ending in _teardown.Remove(endings))
            {
                if (ending.Steps.HaveFailed)
                {
                    steps.Try(ending.ThrowIfFailed);
                }
                else
                {
                    ended.Add(ending.Endpoint.Name);
                }
            }
        }
    }

    /// <summary>Locks an endpoint that must end, and ends it at once if its record is damaged.</summary>
    private EndpointEnding? Take(string id, Func<EndpointState, bool> isDead, EndpointLocks locks, List<string> ended)
    {
        if (!locks.TryTake(id))
        {
            return null;
        }
        try
        {
            if (state.Endpoints.Find(id, out RecordPhase phase) is not { } endpoint)
            {
                state.Locks.Remove(id);
            }
            else if (phase is not RecordPhase.Done || isDead(endpoint))
            {
                return new EndpointEnding(endpoint, phase);
            }
        }
        catch (StateException error) when (error.IsDamaged && state.Endpoints.IsOnlyIntended(id))
        {
            state.Endpoints.Forget(id); // its writer died before it touched the kernel
            state.Locks.Remove(id);
        }
        catch (StateException error) when (error.IsDamaged)
        {
            EndDamaged(id);
            ended.Add(id);
        }
        return null;
    }

    /// <summary>
    /// Deletes the links of an endpoint with a damaged record, by their names. Its elements in the tables have no owner from now on.
    /// </summary>
    private void EndDamaged(string id)
    {
        TeardownSteps steps = new();
        using (HostLane lane = host.Rent())
        {
            steps.Try(() => lane.Route.DeleteLink(LinkSelector.ByName(LinkNames.OfVeth(id))));
            steps.Try(() => TrafficShaper.Remove(lane.Route, LinkNames.OfShaper(id)));
        }
        steps.ThrowIfFailed($"endpoint {id}");
        state.Endpoints.SetAside(id);
        state.Locks.Remove(id);
    }

    private HashSet<InterfaceName> Links()
    {
        using HostLane lane = host.Rent();
        return [.. lane.Route.ListLinks(hasStatistics: false).Select(RenamedLinks.NameOf)];
    }

    private void DropDrafts()
    {
        foreach (string id in state.Endpoints.ListDrafts())
        {
            using HeldLock? alone = state.Locks.TryAcquire(id);
            if (alone is not null)
            {
                state.Endpoints.DropDraft(id);
            }
        }
    }

    private void ReleaseStrayClaims(TeardownSteps steps)
    {
        steps.Try(() => state.ReleaseStray(state.Names.List(), state.Names.Release));
        foreach ((string network, _) in state.Networks.List())
        {
            steps.Try(() => TidyAddresses(network));
        }
        IEnumerable<string> locks = state.Locks.List()
            .Where(name => EndpointId.IsValid(name) || name.StartsWith(ContainerSiblings.LockPrefix, StringComparison.Ordinal));
        foreach (string name in locks)
        {
            using HeldLock? alone = state.Locks.TryAcquire(name);
            if (alone is not null && !state.Endpoints.Exists(name))
            {
                state.Locks.Remove(name);
            }
        }
    }

    /// <summary>Drops quarantine notes only if nobody attaches just now; the next collection does it otherwise.</summary>
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
            state.DropIdleHints(network);
        }
    }
}
