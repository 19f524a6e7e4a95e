using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Namespaces;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <content>Several endpoints together.</content>
internal sealed partial class EndpointLifecycle
{
    /// <summary>Attaches several containers, all or none.</summary>
    public IReadOnlyList<EndpointLease> AttachMany(NetworkRecord network, IReadOnlyList<(NetworkNamespace Sandbox, EndpointRequest Request)> containers)
    {
        foreach ((NetworkNamespace sandbox, EndpointRequest request) in containers)
        {
            Check(sandbox, request);
        }
        List<EndpointLease> made = [];
        try
        {
            foreach ((NetworkNamespace, EndpointRequest)[] some in containers.Chunk(EndpointTeardown.Together))
            {
                AttachTogether(network, some, made);
            }
            return made;
        }
        catch
        {
            Undo(made);
            throw;
        }
    }

    /// <summary>Detaches several endpoints together.</summary>
    /// <returns>The ids and names of <paramref name="idsOrNames"/> of which there was an endpoint.</returns>
    /// <exception cref="TeardownException">Something could not be taken down; everything else was.</exception>
    public IReadOnlyList<string> DetachMany(IEnumerable<string> idsOrNames)
    {
        TeardownSteps looks = new(); // what is wrong with one endpoint stops none of the others
        List<Exception> failures = [];
        List<(string Word, string Id)> found = [];
        foreach (string word in idsOrNames)
        {
            looks.Try(() => found.AddRange(Resolve(word) is { } id ? [(word, id)] : []));
        }
        HashSet<string> gone = new(StringComparer.Ordinal);
        // in the order of their ids, so that of two who want the same ones none has what the other waits for
        foreach (string[] ids in found.Select(one => one.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(EndpointTeardown.Together))
        {
            List<HeldLock> locks = [];
            List<EndpointEnding> endings = [];
            try
            {
                foreach (string id in ids)
                {
                    looks.Try(() => endings.AddRange(Take(id, locks) is { } ending ? [ending] : []));
                }
                foreach (EndpointEnding ending in _teardown.Remove(endings))
                {
                    failures.AddRange(ending.Steps.Failures);
                    _ = gone.Add(ending.Record.Id);
                }
            }
            finally
            {
                locks.ForEach(held => held.Dispose());
            }
        }
        failures.InsertRange(0, looks.Failures);
        return failures.Count == 0 ? [.. found.Where(one => gone.Contains(one.Id)).Select(one => one.Word)] : throw new TeardownException("endpoints", failures);
    }

    /// <summary>Ends endpoints that were made before the one that could not be; the error that led here is the one to tell.</summary>
    private void Undo(List<EndpointLease> made)
    {
        try
        {
            _ = DetachMany(made.Select(lease => lease.Endpoint.Id));
        }
        catch (TeardownException error)
        {
            LogNotDetached(error, $"{made.Count} of a batch");
        }
        made.ForEach(lease => lease.Dispose());
    }

    private void AttachTogether(NetworkRecord network, (NetworkNamespace Sandbox, EndpointRequest Request)[] containers, List<EndpointLease> made)
    {
        string[] ids = [.. containers.Select(_ => EndpointId.Draw())];
        List<HeldLock> locks = [];
        string?[] owners = new string?[containers.Length];
        EndpointRecord?[] records = new EndpointRecord?[containers.Length];
        try
        {
            for (int i = 0; i < containers.Length; i++)
            {
                locks.Add(state.Locks.Acquire(ids[i]));
                owners[i] = containers[i].Request.Keep ? null : owner.Take();
            }
            using HeldLock networkStays = Hold(network);
            for (int i = 0; i < containers.Length; i++)
            {
                records[i] = _reservation.Reserve(ids[i], network, containers[i].Sandbox, containers[i].Request) with { Owner = owners[i] };
            }
            BuildTogether(network, containers, records!);
            for (int i = 0; i < containers.Length; i++)
            {
                Endpoint endpoint = records[i]!.ToEndpoint();
                made.Add(new EndpointLease(endpoint, this, containers[i].Request.HoldPorts ? HoldPorts(endpoint, containers[i].Request) : null));
            }
        }
        catch
        {
            Undo([.. records.OfType<EndpointRecord>()]);
            Array.ForEach(ids, state.Locks.Remove);
            Array.ForEach([.. owners.OfType<string>()], _ => owner.Release());
            throw;
        }
        finally
        {
            locks.ForEach(held => held.Dispose());
        }
    }

    private void BuildTogether(NetworkRecord network, (NetworkNamespace Sandbox, EndpointRequest Request)[] containers, EndpointRecord[] records)
    {
        using HostLane lane = host.Rent();
        TableElement[] guards = [.. records.SelectMany(record => record.ToProtected()).SelectMany(EndpointElements.Of)];
        _publisher.PublishTogether(lane, network, records, [.. containers.Select(container => container.Request.Publish)], guards, record => state.Endpoints.WriteIntent(record.Id, record));
        for (int i = 0; i < containers.Length; i++)
        {
            records[i] = Finish(lane, network, containers[i].Sandbox, containers[i].Request, records[i]);
        }
    }

    private void Undo(IReadOnlyList<EndpointRecord> reserved)
    {
        ILookup<bool, EndpointRecord> byBeing = reserved.ToLookup(record => state.Endpoints.Exists(record.Id));
        foreach (EndpointRecord record in byBeing[false])
        {
            _reservation.Release(record);
        }
        EndpointEnding[] endings = [.. byBeing[true].Select(record => new EndpointEnding(record, state.Endpoints.Find(record.Id, out RecordPhase phase) is null ? RecordPhase.Intent : phase))];
        foreach (EndpointEnding ending in _teardown.Remove(endings).Where(ending => ending.Steps.HaveFailed))
        {
            if (ending.Steps.WereForbidden)
            {
                _teardown.Forget(ending.Record); // who may not delete it cannot have made it
            }
            else
            {
                LogNotDetached(ending.Steps.Failures[0], ending.Record.Id);
            }
        }
    }

    private EndpointEnding? Take(string id, List<HeldLock> locks)
    {
        HeldLock alone = state.Locks.Acquire(id);
        locks.Add(alone);
        if (state.Endpoints.Find(id, out RecordPhase phase) is { } record)
        {
            return new EndpointEnding(record, phase);
        }
        state.Locks.Remove(id);
        return null;
    }
}
