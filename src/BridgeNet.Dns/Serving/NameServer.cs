using System.Net;

using BridgeNet.Dns.Forwarding;
using BridgeNet.Dns.Names;

namespace BridgeNet.Dns.Serving;

/// <summary>The name server of the host's containers: its names, its listeners, and their renewal.</summary>
internal sealed class NameServer : IDisposable
{
    private const long MostGarbage = 4 << 20;

    private readonly Lock _lock = new();
    private readonly NameServerOptions _options;
    private readonly INameSource _source;
    private readonly Forwarder _forwarder;
    private readonly ResolverFile _resolver;
    private readonly ServerContext _context;
    private readonly Dictionary<IPAddress, Listener> _listeners = [];
    private readonly Dictionary<IPAddress, string> _failures = [];
    private readonly Lock _reading = new();
    private int _version;
    private long _collectedAt;

    /// <summary>A server that does not listen yet.</summary>
    /// <param name="source">Where it has the names from.</param>
    /// <param name="options">How it is run.</param>
    public NameServer(INameSource source, NameServerOptions options)
    {
        _options = options;
        _source = source;
        _resolver = new ResolverFile(options.ResolverPath, TimeProvider.System);
        ServerCounters counters = new();
        _forwarder = new Forwarder(options.UpstreamPort, options.Patience, options.OpenSocket);
        _context = new ServerContext(new Relay(_forwarder, _resolver, counters), counters, Refresh, options.Log, options.OpenSocket);
    }

    /// <summary>What it did.</summary>
    public ServerCounters Counters => _context.Counters;

    /// <summary>Where it answers.</summary>
    public IReadOnlyList<IPEndPoint> Listeners
    {
        get
        {
            lock (_lock)
            {
                return [.. _listeners.Keys.Select(gateway => new IPEndPoint(gateway, _options.Port))];
            }
        }
    }

    /// <summary>Why it does not answer at some gateways, a line for each.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_lock)
            {
                return [.. _failures.Values];
            }
        }
    }

    /// <summary>How it is.</summary>
    public NameServerStatus Status
    {
        get
        {
            NameSnapshot names = _context.Names;
            return new NameServerStatus(
                Environment.ProcessId,
                names.Networks.Count,
                names.Networks.Sum(network => network.Count),
                [.. Listeners.Select(listener => listener.ToString())],
                Failures,
                Counters.Questions,
                Counters.OwnAnswers,
                Counters.Misses,
                Counters.Refused + Counters.Limited,
                Counters.Forwarded,
                Counters.Unanswered,
                Counters.UpstreamMicroseconds / Math.Max(1, Counters.Forwarded));
        }
    }

    /// <summary>Has the names read again before the next question is answered.</summary>
    public void Invalidate() => _context.IsStale = true;

    /// <summary>Reads the names and listens at every gateway.</summary>
    /// <returns>How many networks there are.</returns>
    /// <exception cref="ListenException">One of the addresses cannot be had; none is kept.</exception>
    /// <exception cref="IOException">The names cannot be read.</exception>
    public int Start()
    {
        lock (_lock)
        {
            IReadOnlyList<NetworkFile> files = ReadNames();
            try
            {
                foreach (IPAddress gateway in _context.Names.ListenAddresses)
                {
                    _listeners.Add(gateway, new Listener(new IPEndPoint(gateway, _options.Port), _context));
                }
            }
            catch
            {
                CloseListeners();
                throw;
            }
            foreach (Listener listener in _listeners.Values)
            {
                listener.Start();
            }
            return files.Count;
        }
    }

    /// <summary>
    /// Reads the names again, listens at new gateways and no longer at those that are gone. The other listeners go on. An address that cannot be
    /// had is logged once and tried again by the next reload.
    /// </summary>
    /// <returns>How many networks there are; null if the names cannot be read, and then everything stays as it is.</returns>
    public int? Reload()
    {
        lock (_lock)
        {
            _resolver.Forget();
            if (ReadOrNothing() is not { } files)
            {
                return null;
            }
            NameSnapshot names = _context.Names;
            foreach (IPAddress gone in _listeners.Keys.Except(names.ListenAddresses).ToArray())
            {
                _ = _listeners.Remove(gone, out Listener? listener);
                listener?.Dispose();
            }
            foreach (IPAddress gone in _failures.Keys.Except(names.ListenAddresses).ToArray())
            {
                _ = _failures.Remove(gone);
            }
            foreach (IPAddress gateway in names.ListenAddresses.Where(gateway => !_listeners.ContainsKey(gateway)))
            {
                Listen(gateway);
            }
            CollectGarbage();
            return files.Count;
        }
    }

    /// <summary>Closes all listeners, until the next reload, and reads the names again.</summary>
    public void Pause()
    {
        lock (_lock)
        {
            CloseListeners();
            _ = ReadOrNothing();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            CloseListeners();
        }
        _forwarder.Dispose();
    }

    private IReadOnlyList<NetworkFile> ReadNames()
    {
        lock (_reading)
        {
            _context.IsStale = false; // what changes from here on says so again
            _version = _source.Version;
            IReadOnlyList<NetworkFile> files = _source.Read(out _);
            _context.Names = new NameSnapshot(files);
            return files;
        }
    }

    private IReadOnlyList<NetworkFile>? ReadOrNothing()
    {
        try
        {
            return ReadNames();
        }
        catch (DirectoryNotFoundException)
        {
            _context.Names = NameSnapshot.Empty;
            return [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _options.Log(error.Message);
            return null;
        }
    }

    /// <summary>
    /// Reads the names again if a file changed since. A file that is half written changes nothing: the signal comes when it is whole. Listeners
    /// wait for the signal too.
    /// </summary>
    private void Refresh()
    {
        lock (_reading)
        {
            try
            {
                bool isStale = _context.IsStale;
                _context.IsStale = false;
                int version = _source.Version;
                if (isStale || version != _version)
                {
                    _version = version;
                    IReadOnlyList<NetworkFile> files = _source.Read(out bool isWhole);
                    _context.Names = isWhole ? new NameSnapshot(files) : _context.Names;
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // the reload that follows says so
            }
        }
    }

    private void Listen(IPAddress gateway)
    {
        try
        {
            Listener listener = new(new IPEndPoint(gateway, _options.Port), _context);
            _listeners.Add(gateway, listener);
            listener.Start();
            _ = _failures.Remove(gateway);
        }
        catch (ListenException error)
        {
            if (!string.Equals(_failures.GetValueOrDefault(gateway), error.Message, StringComparison.Ordinal))
            {
                _options.Log(error.Message); // once: a reload may come every moment
            }
            _failures[gateway] = error.Message;
        }
    }

    /// <summary>
    /// What reloads leave behind is old and large, and the collector would let it grow for long. A collection takes about a millisecond, so it is
    /// made after a few reloads at once.
    /// </summary>
    private void CollectGarbage()
    {
        long allocated = GC.GetTotalAllocatedBytes();
        if (allocated - _collectedAt > MostGarbage)
        {
            _collectedAt = allocated;
            _options.CollectGarbage();
        }
    }

    private void CloseListeners()
    {
        foreach (Listener listener in _listeners.Values)
        {
            listener.Dispose();
        }
        _listeners.Clear();
    }
}
