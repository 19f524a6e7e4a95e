using BridgeNet.Dns.Names;

namespace BridgeNet.Dns.Serving;

/// <summary>What all listeners share.</summary>
/// <param name="relay">Has other servers answer.</param>
/// <param name="counters">Counts.</param>
/// <param name="log">Hears of what nobody can be told otherwise.</param>
internal sealed class ServerContext(Relay relay, ServerCounters counters, Action<string> log)
{
    private volatile NameSnapshot _names = NameSnapshot.Empty;

    /// <summary>The names of the host; a reload replaces them as a whole.</summary>
    public NameSnapshot Names
    {
        get => _names;
        set => _names = value;
    }

    /// <summary>Has other servers answer.</summary>
    public Relay Relay { get; } = relay;

    /// <summary>Counts.</summary>
    public ServerCounters Counters { get; } = counters;

    /// <summary>Hears of what nobody can be told otherwise.</summary>
    public Action<string> Log { get; } = log;
}
