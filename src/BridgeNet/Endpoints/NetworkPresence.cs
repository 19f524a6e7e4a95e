using System.Collections.Concurrent;

using BridgeNet.Native;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>
/// Whether a network that a process knows is still that of the records. Another process may have removed it, and made one of the same name. A look
/// at the record's file tells whether it was replaced; only then is it read.
/// </summary>
internal sealed class NetworkPresence(StateDirectory state)
{
    private readonly ConcurrentDictionary<string, FileVersion> _seen = new(StringComparer.Ordinal); // by the networks' ids

    /// <summary>Whether it is. The caller has its lock, shared, so that it stays.</summary>
    public bool IsThere(NetworkState network)
    {
        FileVersion? version = state.Networks.VersionOf(network.Name);
        if (version is not null && _seen.TryGetValue(network.Id, out FileVersion seen) && seen == version)
        {
            return true;
        }
        if (!string.Equals(state.Networks.Find(network.Name, out _)?.Id, network.Id, StringComparison.Ordinal))
        {
            return false;
        }
        if (version is { } read)
        {
            _seen[network.Id] = read;
        }
        return true;
    }
}
