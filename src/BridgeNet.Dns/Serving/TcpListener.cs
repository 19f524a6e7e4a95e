using System.Net;
using System.Net.Sockets;

using BridgeNet.Dns.Forwarding;
using BridgeNet.Dns.Names;

namespace BridgeNet.Dns.Serving;

/// <summary>Answers at one address by TCP.</summary>
internal sealed class TcpListener : IDisposable
{
    private const int Backlog = 128;
    private const int MostConnectionsOfOne = 64;
    private const int MostConnections = 512;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly ServerContext _context;
    private readonly Socket _socket;
    private readonly HostAddress _gateway;
    private readonly CancellationTokenSource _end = new();
    private readonly SourceLimit _limit = new(MostConnectionsOfOne, MostConnections);

    /// <summary>Binds the address and lets the kernel take connections.</summary>
    /// <exception cref="ListenException">It cannot.</exception>
    public TcpListener(IPEndPoint address, ServerContext context)
    {
        _context = context;
        _gateway = HostAddress.Of(address.Address);
        _socket = ListenException.Open(context, address, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(address);
            _socket.Listen(Backlog);
        }
        catch (SocketException error)
        {
            _socket.Dispose();
            throw new ListenException(address, ProtocolType.Tcp, error);
        }
    }

    /// <summary>Begins to answer.</summary>
    public void Start() => _ = RunAsync(_end.Token);

    /// <summary>Stops listening and closes the connections.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _socket.AcceptAsync(end).ConfigureAwait(false);
                _ = TalkAsync(socket, end);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                _context.Log($"a connection waits: {error.Message}");
                using PeriodicTimer timer = new(s_pause);
                _ = await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                // a connection that ended before it was taken
            }
        }
    }

    private async Task TalkAsync(Socket socket, CancellationToken end)
    {
        HostAddress source = HostAddress.Of(((IPEndPoint)socket.RemoteEndPoint!).Address);
        if (!_limit.TryEnter(source))
        {
            _context.Counters.CountLimited();
            socket.Dispose();
            return;
        }
        try
        {
            socket.NoDelay = true;
            using TcpConversation conversation = new(socket, source, _gateway, _context);
            await conversation.RunAsync(end).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _context.Log($"a connection of {source} ended by {error.GetType().Name}: {error.Message}");
        }
        finally
        {
            _limit.Leave(source);
        }
    }
}
