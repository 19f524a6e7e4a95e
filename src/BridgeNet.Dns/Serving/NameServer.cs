using System.Net;

using BridgeNet.Dns.Forwarding;
using BridgeNet.Dns.Names;

namespace BridgeNet.Dns.Serving;

/// <summary>The name server of the host's containers: its names, its listeners, and their renewal.</summary>
internal sealed class NameServer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly NameServerOptions _options;
    private readonly NameDirectory _directory;
    private readonly ResolverFile _resolver;
    private readonly ServerContext _context;
    private readonly Dictionary<IPAddress, Listener> _listeners = [];

    /// <summary>A server that does not listen yet.</summary>
    public NameServer(NameServerOptions options)
    {
        _options = options;
        _directory = new NameDirectory(options.Directory, options.Log);
        _resolver = new ResolverFile(options.ResolverPath, TimeProvider.System);
        ServerCounters counters = new();
        _context = new ServerContext(
            new Relay(new Forwarder(options.UpstreamPort, options.Patience), _resolver, counters), counters, options.Log);
    }

    /// <summary>What it did.</summary>
    public ServerCounters Counters => _context.Counters;

    /// <summary>Reads the directory and listens at every gateway.</summary>
    /// <returns>How many networks there are.</returns>
    /// <exception cref="ListenException">One of the addresses cannot be had; none is kept.</exception>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public int Start()
    {
        lock (_lock)
        {
            IReadOnlyList<NetworkFile> files = _directory.Read();
            _context.Names = new NameSnapshot(files);
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
    /// Reads the directory again, listens at new gateways and no longer at those that are gone. The other listeners go on. An address that cannot be
    /// had is logged and tried again by the next reload.
    /// </summary>
    /// <returns>How many networks there are.</returns>
    public int Reload()
    {
        lock (_lock)
        {
            _resolver.Forget();
            IReadOnlyList<NetworkFile> files = ReadOrNothing();
            NameSnapshot names = new(files);
            _context.Names = names;
            foreach (IPAddress gone in _listeners.Keys.Except(names.ListenAddresses).ToArray())
            {
                _ = _listeners.Remove(gone, out Listener? listener);
                listener?.Dispose();
            }
            foreach (IPAddress gateway in names.ListenAddresses.Where(gateway => !_listeners.ContainsKey(gateway)))
            {
                Listen(gateway);
            }
            return files.Count;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            CloseListeners();
        }
    }

    private IReadOnlyList<NetworkFile> ReadOrNothing()
    {
        try
        {
            return _directory.Read();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private void Listen(IPAddress gateway)
    {
        try
        {
            Listener listener = new(new IPEndPoint(gateway, _options.Port), _context);
            _listeners.Add(gateway, listener);
            listener.Start();
        }
        catch (ListenException error)
        {
            _options.Log(error.Message);
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
