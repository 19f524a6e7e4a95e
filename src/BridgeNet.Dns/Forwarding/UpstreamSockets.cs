using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Dns.Forwarding;

/// <summary>
/// The UDP sockets by which one server is asked. Each is connected, so that the kernel chooses a random port and lets nobody else answer, and has one
/// question at a time. One that brought an answer is used again, a few times within a second: a port that stays could be guessed (RFC 5452,
/// 9.2).
/// </summary>
/// <param name="address">Where the server is.</param>
/// <param name="open">Opens them.</param>
internal sealed class UpstreamSockets(IPEndPoint address, SocketOpener open) : IDisposable
{
    private const int MostUses = 8;
    private const int MostIdle = 64;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<UpstreamSocket> _idle = new(); // the oldest comes first, and goes when its time is over
    private bool _isDisposed;

    /// <summary>A socket for one question. Whoever takes it gives it back or disposes it.</summary>
    /// <exception cref="SocketException">The server is out of reach, or there are no more sockets.</exception>
    public UpstreamSocket Take()
    {
        while (TryPop() is { } idle)
        {
            if (idle.Uses < MostUses && Stopwatch.GetElapsedTime(idle.Began) < s_longest)
            {
                idle.Uses++;
                return idle;
            }
            idle.Dispose();
        }
        return new UpstreamSocket(address, open);
    }

    /// <summary>Takes a socket back that has brought its answer.</summary>
    public void Give(UpstreamSocket socket)
    {
        lock (_lock)
        {
            if (!_isDisposed && _idle.Count < MostIdle)
            {
                _idle.Enqueue(socket);
                return;
            }
        }
        socket.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            while (_idle.TryDequeue(out UpstreamSocket? socket))
            {
                socket.Dispose();
            }
        }
    }

    private UpstreamSocket? TryPop()
    {
        lock (_lock)
        {
            return _idle.TryDequeue(out UpstreamSocket? socket) ? socket : null;
        }
    }
}
