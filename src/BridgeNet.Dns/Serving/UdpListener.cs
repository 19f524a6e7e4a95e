using System.Net;
using System.Net.Sockets;

using BridgeNet.Dns.Answers;
using BridgeNet.Dns.Names;

namespace BridgeNet.Dns.Serving;

/// <summary>
/// Answers at one address by UDP, on a thread of its own: it waits in the kernel for the next question, and answers a container's name without
/// another thread, a lock or an allocation. Only forwarded questions go on elsewhere.
/// </summary>
internal sealed class UdpListener : IDisposable
{
    private const int MostQuestionBytes = 4096;
    private const int MostAnswerBytes = 4096;
    private const int StackBytes = 256 * 1024;

    private readonly ServerContext _context;
    private readonly Socket _socket;
    private readonly HostAddress _gateway;
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;

    /// <summary>Binds the address.</summary>
    /// <exception cref="ListenException">It cannot.</exception>
    public UdpListener(IPEndPoint address, ServerContext context)
    {
        _context = context;
        _gateway = HostAddress.Of(address.Address);
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.Bind(address);
        }
        catch (SocketException error)
        {
            _socket.Dispose();
            throw new ListenException(address, ProtocolType.Udp, error);
        }
        _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = $"udp {address}" };
    }

    /// <summary>Begins to answer.</summary>
    public void Start() => _thread.Start();

    /// <summary>Stops listening; questions that are forwarded are not answered any more.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _socket.Dispose();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
        _end.Dispose();
    }

    private void Run()
    {
        byte[] message = new byte[MostQuestionBytes], answer = new byte[MostAnswerBytes];
        SocketAddress source = new(_socket.AddressFamily);
        Responder responder = new();
        CancellationToken end = _end.Token;
        while (!end.IsCancellationRequested)
        {
            try
            {
                int length = _socket.ReceiveFrom(message, SocketFlags.None, source);
                Serve(responder, message.AsSpan(0, length), source, answer, end);
            }
            catch (SocketException)
            {
                // an answer that could not be sent: a container that is gone, a firewall
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (Exception error) // a fault of ours: one message must not end the names of the host
            {
                _context.Log($"a message of {HostAddress.Of(source)} was lost by {error.GetType().Name}: {error.Message}");
            }
        }
    }

    private void Serve(Responder responder, ReadOnlySpan<byte> message, SocketAddress source, byte[] answer, CancellationToken end)
    {
        HostAddress asker = HostAddress.Of(source);
        switch (_context.Answer(responder, message, asker, _gateway, isUdp: true, answer, out NameSnapshot names, out int length))
        {
            case Outcome.Answered:
                _ = _socket.SendTo(answer.AsSpan(0, length), SocketFlags.None, source);
                break;
            case Outcome.Forward:
                SocketAddress back = new(source.Family, source.Size);
                source.Buffer[..source.Size].CopyTo(back.Buffer);
                _ = ForwardAsync(names, message.ToArray(), asker, back, end);
                break;
            default:
                break;
        }
    }

    private async Task ForwardAsync(NameSnapshot names, byte[] message, HostAddress asker, SocketAddress back, CancellationToken end)
    {
        try
        {
            byte[] answer = await _context.Relay.AskAsync(names, message, asker, _gateway, isUdp: true, end).ConfigureAwait(false);
            _ = _socket.SendTo(answer, SocketFlags.None, back);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // the container or the listener is gone
        }
        catch (Exception error)
        {
            _context.Log($"a question of {asker} was lost by {error.GetType().Name}: {error.Message}");
        }
    }
}
