using BridgeNet.Native;
using BridgeNet.Ports;

namespace BridgeNet;

/// <summary>
/// Published ports that no program of the host can bind while this object lives, because a socket is bound to each. The sockets accept and queue
/// nothing, and packets that the rules lead to a container never reach them. Take them in the host's network namespace (<see
/// cref="NetworkNamespace.Run(Action)"/>); release and dispose them anywhere, on any thread.
/// </summary>
/// <remarks>
/// SCTP ports are held only if the kernel has SCTP; otherwise no program can bind them either. A port that is released while this process starts
/// another one becomes free a moment later, at execve: until then the child shares the sockets.
/// </remarks>
public sealed class HeldPorts : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PublishedPort, FileDescriptor?> _sockets = [];
    private readonly Attempt _hold;
    private bool _disposed;

    private HeldPorts(Attempt hold) => _hold = hold;

    /// <summary>As <see cref="PortSocket.TryHold"/>.</summary>
    internal delegate FileDescriptor? Attempt(PublishedPort port, out Errno errno);

    /// <summary>Binds ports in the calling thread's network namespace, all or none.</summary>
    /// <exception cref="PortConflictException">Another program has bound one.</exception>
    /// <exception cref="ConfigurationException">
    /// A host address is not the host's, or there are more ports than the process may have open files (RLIMIT_NOFILE).
    /// </exception>
    /// <exception cref="PrivilegeException">The port needs CAP_NET_BIND_SERVICE.</exception>
    public static HeldPorts Take(IEnumerable<PublishedPort> ports) =>
        Take(ports, (PublishedPort port, out Errno errno) => PortSocket.TryHold(port.HostAddress, port.HostPort, (int)port.Protocol, out errno));

    /// <summary>Binds further ports in the calling thread's network namespace, all or none.</summary>
    /// <inheritdoc cref="Take(IEnumerable{PublishedPort})" path="/exception"/>
    public void Add(IEnumerable<PublishedPort> ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            PublishedPort[] wanted = [.. ports.SelectMany(port => port.Each()).Distinct().Where(port => !_sockets.ContainsKey(port))];
            int held = 0;
            try
            {
                for (; held < wanted.Length; held++)
                {
                    _sockets.Add(wanted[held], Hold(wanted[held], wanted.Length));
                }
            }
            catch
            {
                Array.ForEach(wanted[..held], LetGo);
                throw;
            }
        }
    }

    /// <summary>Releases ports; ignores those that are not held.</summary>
    public void Release(IEnumerable<PublishedPort> ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        lock (_lock)
        {
            foreach (PublishedPort port in ports.SelectMany(port => port.Each()))
            {
                LetGo(port);
            }
        }
    }

    /// <summary>Releases all ports.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (FileDescriptor? socket in _sockets.Values)
            {
                socket?.Dispose();
            }
            _sockets.Clear();
        }
    }

    internal static HeldPorts Take(IEnumerable<PublishedPort> ports, Attempt hold)
    {
        HeldPorts held = new(hold);
        held.Add(ports);
        return held;
    }

    private FileDescriptor? Hold(PublishedPort port, int count)
    {
        FileDescriptor? socket = _hold(port, out Errno errno);
        if (errno is Errno.EMFILE or Errno.ENFILE)
        {
            throw TooManyFiles(errno, count);
        }
        return HostPorts.Explain(port, errno) is { } refusal ? throw new PortConflictException(port, refusal) : socket;
    }

    private ConfigurationException TooManyFiles(Errno errno, int count)
    {
        string ports = count == 1 ? "1 port" : $"{count} ports";
        string needs = $"to hold {ports} takes as many open files, besides {_sockets.Count} held now";
        const string WayOut = "or publish without holding the ports";
        return errno is Errno.EMFILE
            ? new ConfigurationException(
                "RLIMIT_NOFILE", $"{needs}, and this process may have no more: raise the limit (ulimit -n, LimitNOFILE= of systemd), {WayOut}")
            : new ConfigurationException("fs.file-max", $"{needs}, and this host may have no more: raise the limit, {WayOut}");
    }

    private void LetGo(PublishedPort port)
    {
        if (_sockets.Remove(port, out FileDescriptor? socket))
        {
            socket?.Dispose();
        }
    }
}
