using System.Net;

using BridgeNet.Dns.Serving;
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
    public const int Port = Firewall.NetworkElements.NameServerPort;

    /// <summary>In the state directory, the place beside which the status is told: dns.status.</summary>
    private const string StatusPlace = "dns";

    private const string LockName = "names";

    /// <summary>How long another process may look whether anybody serves, for which it has the lock.</summary>
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private readonly ILogger _logger;
    private readonly RecordedNames _names;
    private readonly NameServer _server;
    private readonly StateDirectory _state;
    private HeldLock? _alone;
    private FileIdentity _directory;
    private bool _isEnded;
    private string? _noted;
    private RecordMonitor? _monitor;
    private StatusSocket? _status;

    /// <param name="state">The records.</param>
    /// <param name="host">Where to listen.</param>
    /// <param name="logger">Hears of what nobody can be told otherwise.</param>
    /// <exception cref="NameServiceConflictException">Another process serves them, or this one does.</exception>
    internal NameService(StateDirectory state, HostSockets host, ILogger logger)
    {
        _state = state;
        _logger = logger;
        _names = new RecordedNames(state, LogFault);
        NameServerOptions options = new() { Log = LogFault, Port = Port };
        bool isHere = host.Namespace.Identity == Files.Identify("/proc/self/ns/net"); // then its sockets need no way there
        _server = new NameServer(_names, isHere ? options : options with
        {
            OpenSocket = (family, type, protocol) => host.Namespace.Run(() => options.OpenSocket(family, type, protocol)),
        });
        try
        {
            if (!TryTakePlace())
            {
                throw new NameServiceConflictException(state.Path);
            }
            _ = Refresh();
        }
        catch
        {
            Dispose();
            throw;
        }
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
    /// Looks at once for networks and endpoints that came or went; by itself it does so when it hears of them. A fault is logged, and everything
    /// stays as it is.
    /// </summary>
    /// <returns>How many endpoints have names now.</returns>
    public int Refresh()
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                return 0;
            }
            try
            {
                _ = _server.Reload();
                FollowDirectory();
                NoteListeners();
            }
            catch (Exception error) when (error is BridgeNetException or IOException or UnauthorizedAccessException)
            {
                LogFault(error.Message);
            }
            int count = _isEnded ? 0 : _names.Count;
            if (count > 0)
            {
                _idle.Reset();
            }
            else
            {
                _idle.Set();
            }
            return count;
        }
    }

    /// <summary>
    /// Serves until no endpoint has a name, and ends then. Before that it stops answering, and looks once more: who attaches an endpoint and then
    /// asks whether its names are served (<see cref="BridgeDriver.AreNamesServed"/>) either has it seen here, or hears that another service is
    /// needed.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void ServeUntilIdle(CancellationToken cancellation = default)
    {
        while (true)
        {
            _idle.Wait(cancellation);
            lock (_gate)
            {
                if (_isEnded)
                {
                    return;
                }
                _status?.Dispose();
                _status = null;
                _server.Pause();
                NoteListeners();
                if (_names.Count == 0)
                {
                    Dispose(); // before anything that is heard now has it listen again
                    return;
                }
                _ = Refresh();
                _status = TryListen();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isEnded)
            {
                End();
                _status?.Dispose();
                if (_alone is not null)
                {
                    _state.Locks.Remove(LockName);
                    _alone.Dispose();
                }
            }
        }
    }

    /// <summary>Whether a service of any process answers at all of an endpoint's name servers.</summary>
    internal static bool Answers(StateDirectory state, Endpoint endpoint)
    {
        if (endpoint.NameServers.Count == 0)
        {
            return true;
        }
        string[] listeners = state.Locks.NoteOf(LockName)?.Split(' ') ?? [];
        return endpoint.NameServers.All(server => listeners.Contains(server.ToString(), StringComparer.Ordinal));
    }

    /// <summary>Has the names read again before the next question is answered.</summary>
    internal void Invalidate() => _server.Invalidate();

    /// <summary>After somebody deleted the state directory and made its records again: listens there, and is known there.</summary>
    private void FollowDirectory()
    {
        if (_directory == Files.Identify(_state.EndpointsPath))
        {
            return;
        }
        _monitor?.Dispose();
        _status?.Abandon();
        _alone?.Dispose();
        if (!TryTakePlace())
        {
            LogFault("another process serves the records that were made again: this one ends");
            End();
        }
    }

    /// <returns>False if another process has it.</returns>
    private bool TryTakePlace()
    {
        if (!SpinWait.SpinUntil(() => (_alone = _state.Locks.TryAcquire(LockName)) is not null, s_glance))
        {
            return false;
        }
        _noted = null;
        _directory = Files.Identify(_state.EndpointsPath);
        _monitor = new RecordMonitor([_state.NetworksPath, _state.EndpointsPath], Invalidate, () => _ = Refresh(), LogDeaf);
        _status = TryListen();
        return true;
    }

    /// <summary>Notes where it answers, for those who ask.</summary>
    private void NoteListeners()
    {
        string listeners = string.Join(' ', _server.Listeners.Select(listener => listener.Address));
        if (!_isEnded && !string.Equals(listeners, _noted, StringComparison.Ordinal))
        {
            _state.Locks.WriteNote(LockName, listeners);
            _noted = listeners;
        }
    }

    /// <summary>It serves names without that place, too.</summary>
    private StatusSocket? TryListen()
    {
        try
        {
            return new StatusSocket(Path.Combine(_state.Path, StatusPlace), () =>
            {
                _ = Refresh();
                return _server.Status;
            });
        }
        catch (IOException error)
        {
            LogFault(error.Message);
            return null;
        }
    }

    private void End()
    {
        _isEnded = true;
        _monitor?.Dispose();
        _server.Dispose();
        _idle.Set();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "names: {Fault}")]
    private partial void LogFault(string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "names: changes by other processes are looked for every 5 s: {Reason}")]
    private partial void LogDeaf(string reason);
}
