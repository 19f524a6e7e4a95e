using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Proxies;

/// <summary>Listens at one address and port. For each client it opens a TCP connection to the container.</summary>
internal sealed class TcpPortProxy : IDisposable
{
    /// <summary>The longest pause of accepting when the process has run out of descriptors.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Far longer than closing every socket takes.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = [];
    private readonly Socket _listener;
    private readonly ProxyRoute _route;
    private readonly Task _accepting;

    private TcpPortProxy(Socket listener, ProxyRoute route)
    {
        _listener = listener;
        _route = route;
        _accepting = AcceptAsync();
    }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="SocketException">The address is taken or not the host's.</exception>
    public static TcpPortProxy Open(ProxyRoute route, IPEndPoint at)
    {
        Socket listener = route.Bind(at, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Listen();
            return new TcpPortProxy(listener, route);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        if (_accepting.Wait(s_patience)) // from here no connection begins
        {
            _ = Task.WaitAll([.. _connections.Keys], s_patience);
        }
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                Begin(await _listener.AcceptAsync(_end.Token).ConfigureAwait(false));
            }
            catch (SocketException) when (!_end.IsCancellationRequested)
            {
                await WaitForDescriptorsAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    /// <summary>Waits until a connection here has ended, or a while, because a descriptor may become free elsewhere.</summary>
    private async Task WaitForDescriptorsAsync()
    {
        TaskCompletionSource elsewhere = new();
        Task here = Task.WhenAny([elsewhere.Task, .. _connections.Keys]);
        await here.WaitAsync(s_pause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Begin(Socket client)
    {
        Task connection = TcpConnectionProxy.RunAsync(client, _route, _end.Token);
        _connections[connection] = true;
        _ = connection.ContinueWith(ended => _connections.TryRemove(ended, out _), TaskScheduler.Default);
    }
}
