using System.Net;

using BridgeNet.Dns.Serving;
using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Names;
using BridgeNet.Native;
using BridgeNet.State;

using Microsoft.Extensions.Logging;

namespace BridgeNet;

/// <summary>
/// Answers containers' questions for names at the gateways of networks with <see cref="NetworkDefinition.Dns"/>, by UDP and TCP, until it is
/// disposed. It follows what any process makes and removes.
/// </summary>
public sealed partial class NameService : IDisposable
{
    /// <summary>The port to which it is bound at each gateway. The packet rules lead questions to port 53 there.</summary>
    public const int Port = NetworkElements.NameServerPort;

    private const string LockName = "names";

    private readonly Lock _gate = new();
    private readonly HeldLock _alone;
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private readonly ILogger _logger;
    private readonly RecordMonitor? _monitor;
    private readonly RecordedNames _names;
    private readonly NameServer _server;
    private readonly StateDirectory _state;
    private bool _isDisposed;

    /// <param name="state">The records.</param>
    /// <param name="host">Where to listen.</param>
    /// <param name="logger">Hears of what nobody can be told otherwise.</param>
    /// <exception cref="NameServiceConflictException">Another process serves them, or this one does.</exception>
    internal NameService(StateDirectory state, HostSockets host, ILogger logger)
    {
        _state = state;
        _logger = logger;
        _alone = state.Locks.TryAcquire(LockName) ?? throw new NameServiceConflictException(state.Path);
        _names = new RecordedNames(state, LogFault);
        NameServerOptions options = new() { Log = LogFault, Port = Port };
        bool isHere = host.Namespace.Identity == Files.Identify("/proc/self/ns/net"); // then its sockets need no way there
        _server = new NameServer(_names, isHere ? options : options with
        {
            OpenSocket = (family, type, protocol) => host.Namespace.Run(() => options.OpenSocket(family, type, protocol)),
        });
        _monitor = TryMonitor();
        _ = Refresh();
    }

    /// <summary>Where it is bound.</summary>
    public IReadOnlyList<IPEndPoint> Listeners => _server.Listeners;

    /// <summary>Why it does not answer at some gateways, a line for each: another program has the port, or the bridge is gone.</summary>
    public IReadOnlyList<string> Failures => _server.Failures;

    /// <summary>What it has done.</summary>
    public NameStatistics Statistics
    {
        get
        {
            NameServerStatus status = _server.Status;
            return new NameStatistics(
                status.Networks,
                status.Names,
                status.Questions,
                status.OwnAnswers,
                status.Misses,
                status.Refused,
                status.Forwarded,
                status.Unanswered,
                TimeSpan.FromMicroseconds(status.UpstreamMicroseconds));
        }
    }

    /// <summary>
    /// Looks at once for networks and endpoints that came or went; by itself it does so when it hears of them. Names need no look: before it says
    /// that there is none, it looks.
    /// </summary>
    /// <returns>How many endpoints have names now.</returns>
    public int Refresh()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return 0;
            }
            _ = _server.Reload();
            if (_names.Count > 0)
            {
                _idle.Reset();
            }
            else
            {
                _idle.Set();
            }
            return _names.Count;
        }
    }

    /// <summary>Waits until no endpoint has a name. There may be one again by the time that the caller acts.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void WaitUntilIdle(CancellationToken cancellation = default) => _idle.Wait(cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }
            _isDisposed = true;
        }
        _monitor?.Dispose();
        _server.Dispose();
        _state.Locks.Remove(LockName);
        _alone.Dispose();
    }

    /// <summary>Null if the host has no watch left: then it hears of its own driver's networks alone.</summary>
    private RecordMonitor? TryMonitor()
    {
        try
        {
            return new RecordMonitor([_state.NetworksPath, _state.EndpointsPath], () => _ = Refresh());
        }
        catch (IOException error)
        {
            LogDeaf(error.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "names: {Fault}")]
    private partial void LogFault(string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "names: new networks of other processes are not heard of: {Reason}")]
    private partial void LogDeaf(string reason);
}
