using BridgeNet.Dns.Answers;
using BridgeNet.Dns.Forwarding;
using BridgeNet.Dns.Names;
using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Serving;

/// <summary>What all listeners share.</summary>
/// <param name="relay">Has other servers answer.</param>
/// <param name="counters">Counts.</param>
/// <param name="refresh">Reads the names again if a file changed.</param>
/// <param name="log">Hears of what nobody can be told otherwise.</param>
/// <param name="open">Opens sockets.</param>
internal sealed class ServerContext(Relay relay, ServerCounters counters, Action refresh, Action<string> log, SocketOpener open)
{
    private volatile NameSnapshot _names = NameSnapshot.Empty;
    private volatile bool _isStale;

    /// <summary>The names of the host; a reload replaces them as a whole.</summary>
    public NameSnapshot Names
    {
        get => _names;
        set => _names = value;
    }

    /// <summary>Whether somebody said that the names changed, and nobody has read them since.</summary>
    public bool IsStale
    {
        get => _isStale;
        set => _isStale = value;
    }

    /// <summary>Has other servers answer.</summary>
    public Relay Relay { get; } = relay;

    /// <summary>Counts.</summary>
    public ServerCounters Counters { get; } = counters;

    /// <summary>Hears of what nobody can be told otherwise.</summary>
    public Action<string> Log { get; } = log;

    /// <summary>Opens sockets.</summary>
    public SocketOpener Open { get; } = open;

    /// <summary>
    /// Answers a message by the listener's responder. Before a name is said not to exist, the files are looked at: a container's name is there from
    /// the moment in which its line is written, not from the signal that follows.
    /// </summary>
    public Outcome Answer(
        Responder responder,
        ReadOnlySpan<byte> message,
        HostAddress source,
        HostAddress gateway,
        bool isUdp,
        Span<byte> buffer,
        out NameSnapshot names,
        out int length)
    {
        Counters.CountQuestion();
        if (_isStale)
        {
            refresh();
        }
        names = Names;
        Outcome outcome = responder.Answer(names, message, source, gateway, isUdp, buffer, out length);
        if (responder.IsMissing)
        {
            refresh();
        }
        if (responder.IsMissing && !ReferenceEquals(names, Names)) // by this look, or by another thread's meanwhile
        {
            names = Names;
            outcome = responder.Answer(names, message, source, gateway, isUdp, buffer, out length);
        }
        if (outcome == Outcome.Answered)
        {
            Counters.CountAnswer(buffer[3] & HeaderFlags.CodeMask);
        }
        return outcome;
    }
}
