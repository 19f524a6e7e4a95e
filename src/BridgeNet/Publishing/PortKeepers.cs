using System.Collections.Concurrent;

using BridgeNet.State;

namespace BridgeNet.Publishing;

/// <summary>
/// The keepers of this process, by their endpoints' ids. Each follows its endpoint's record: when any process takes a port back, or detaches the
/// endpoint, the keeper lets go of it.
/// </summary>
internal sealed class PortKeepers(StateDirectory state) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, PortKeeper> _keepers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PortKeeper> _own = new(StringComparer.Ordinal);
    private FileSystemWatcher? _records;

    /// <summary>A keeper follows its endpoint's record from now on.</summary>
    public void Add(string id, PortKeeper keeper)
    {
        lock (_gate)
        {
            _records ??= TryWatch();
        }
        _keepers[id] = keeper;
        Follow(id); // somebody may have changed the record before it was watched
    }

    /// <summary>Adds a keeper that no lease has: it ends with its endpoint, or with this object.</summary>
    public void Own(string id, PortKeeper keeper)
    {
        _own[id] = keeper;
        Add(id, keeper);
    }

    /// <summary>A keeper that is disposed of follows no longer.</summary>
    public void Remove(string id) => _ = _keepers.TryRemove(id, out _);

    /// <summary>Whether a lease of this process keeps ports of an endpoint.</summary>
    public bool IsLeased(string id) => _keepers.ContainsKey(id) && !_own.ContainsKey(id);

    /// <summary>Lets go of what the records do not name any more.</summary>
    public void FollowAll()
    {
        foreach (string id in _keepers.Keys)
        {
            _ = Follow(id);
        }
    }

    /// <summary>Ends the keeper of an endpoint that no lease has, if there is one.</summary>
    public void End(string id)
    {
        if (_own.TryRemove(id, out PortKeeper? keeper))
        {
            Remove(id);
            keeper.Dispose();
        }
    }

    /// <summary>Lets go of what an endpoint's record does not name any more.</summary>
    /// <returns>Whether this process keeps ports of it.</returns>
    public bool Follow(string id)
    {
        if (!_keepers.TryGetValue(id, out PortKeeper? keeper))
        {
            return false;
        }
        try
        {
            EndpointState? endpoint = state.Endpoints.Find(id, out RecordPhase phase);
            keeper.Retain(endpoint is null || phase is RecordPhase.Removing ? [] : endpoint.PossiblePorts);
            if (endpoint is null)
            {
                End(id);
            }
        }
        catch (Exception error) when (error is StateException or ObjectDisposedException)
        {
            // a record that cannot be read takes nothing back
        }
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _records?.Dispose();
        foreach (string id in _own.Keys)
        {
            End(id);
        }
    }

    /// <summary>Null if the host has no watch left (fs.inotify.max_user_instances): then only this process's own verbs are followed.</summary>
    private FileSystemWatcher? TryWatch()
    {
        FileSystemWatcher? records = null;
        try
        {
            records = new FileSystemWatcher(state.EndpointsPath) { NotifyFilter = NotifyFilters.FileName };
            Watch(records);
            return records;
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            records?.Dispose();
            return null;
        }
    }

    private void Watch(FileSystemWatcher records)
    {
        records.Created += (_, change) => FollowFile(change.Name);
        records.Deleted += (_, change) => FollowFile(change.Name);
        records.Renamed += (_, change) => FollowFile(change.Name);
        records.Error += (_, _) => FollowAll(); // so many changes that some were lost
        records.EnableRaisingEvents = true;
    }

    private void FollowFile(string? file)
    {
        if (file is not null)
        {
            _ = Follow(Path.GetFileNameWithoutExtension(file));
        }
    }
}
