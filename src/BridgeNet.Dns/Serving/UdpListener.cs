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

    /// <summary>The most questions that are taken from the socket before the next one is served.</summary>
    private const int MostAtOnce = 64;

    /// <summary>How long it remembers that several asked, or that one asked too much.</summary>
    private const int CrowdMilliseconds = 100;

    private const int StackBytes = 256 * 1024;

    /// <summary>Room for answers that the kernel keeps because it does not know yet who has the address: 208 KiB for each such address.</summary>
    private const int SendBufferBytes = 4 * 1024 * 1024;

    private const int SocketLevel = 1, SendBuffer = 7, ForceSendBuffer = 32; // SOL_SOCKET, SO_SNDBUF, SO_SNDBUFFORCE of socket(7)

    private readonly ServerContext _context;
    private readonly Socket _socket;
    private readonly HostAddress _gateway;
    private readonly StrangerBudget _strangers;
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;
    private HostAddress _lastAsker;
    private long _crowdedAt;
    private uint _alone;

    /// <summary>Binds the address.</summary>
    /// <exception cref="ListenException">It cannot.</exception>
    public UdpListener(IPEndPoint address, ServerContext context)
    {
        _context = context;
        _gateway = HostAddress.Of(address.Address);
        _socket = ListenException.Open(context, address, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.Bind(address);
            _socket.Blocking = false; // an answer that the kernel cannot take now is lost; it holds nobody up
            _strangers = new StrangerBudget(GrowSendBuffer());
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
        try
        {
            _socket.Shutdown(SocketShutdown.Both); // it wakes the thread, and then fails: the socket is not connected
        }
        catch (SocketException)
        {
            // as expected
        }
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
        _socket.Dispose();
        _end.Dispose();
    }

    /// <returns>How many bytes it has then.</returns>
    private int GrowSendBuffer()
    {
        try
        {
            _socket.SetRawSocketOption(SocketLevel, ForceSendBuffer, BitConverter.GetBytes(SendBufferBytes));
        }
        catch (SocketException)
        {
            _socket.SendBufferSize = SendBufferBytes; // without CAP_NET_ADMIN as much as net.core.wmem_max allows
        }
        byte[] size = new byte[sizeof(int)];
        _ = _socket.GetRawSocketOption(SocketLevel, SendBuffer, size);
        return BitConverter.ToInt32(size);
    }

    private void Run()
    {
        FairQueue queue = new(_socket.AddressFamily);
        byte[] message = new byte[MostQuestionBytes], answer = new byte[MostAnswerBytes];
        Responder responder = new();
        CancellationToken end = _end.Token;
        while (!end.IsCancellationRequested)
        {
            try
            {
                Receive(queue, message);
                ServeNext(queue, responder, answer, end);
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
                _context.Log($"a message was lost by {error.GetType().Name}: {error.Message}");
            }
        }
    }

    /// <summary>
    /// Waits for a question if none waits. While several ask, or one floods, it takes all that are there: a question that waits in the socket has no
    /// turn. While one asks alone, it takes one after the other, which is faster, and looks now and then whether there are too many.
    /// </summary>
    private void Receive(FairQueue queue, byte[] message)
    {
        bool takesAll = Environment.TickCount64 - _crowdedAt < CrowdMilliseconds || ++_alone % MostAtOnce == 0;
        int taken = 0;
        for (; taken < MostAtOnce && (queue.Count == 0 ? Wait() : takesAll && _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead)); taken++)
        {
            WaitingQuestion question = queue.Rent();
            try
            {
                question.Take(message.AsSpan(0, _socket.ReceiveFrom(message, SocketFlags.None, question.Source)));
            }
            catch
            {
                queue.Return(question);
                throw;
            }
            bool isOther = question.Asker != _lastAsker;
            _lastAsker = question.Asker;
            _ = queue.Add(question);
            _crowdedAt = isOther ? Environment.TickCount64 : _crowdedAt;
        }
        if (taken == MostAtOnce)
        {
            _crowdedAt = Environment.TickCount64;
        }
    }

    /// <summary>Waits for a question, or for the end.</summary>
    /// <returns>Whether to receive, which also takes an error away.</returns>
    private bool Wait()
    {
        _ = _socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectRead);
        return !_end.IsCancellationRequested;
    }

    private void ServeNext(FairQueue queue, Responder responder, byte[] answer, CancellationToken end)
    {
        if (!queue.TryTake(out WaitingQuestion? question))
        {
            return;
        }
        try
        {
            Serve(responder, question, answer, end);
        }
        catch (Exception error) when (error is not (SocketException or ObjectDisposedException))
        {
            // a fault of ours: one message must not end the names of the host
            _context.Log($"a message of {question.Asker} was lost by {error.GetType().Name}: {error.Message}");
        }
        finally
        {
            queue.Return(question);
        }
    }

    private void Serve(Responder responder, WaitingQuestion question, byte[] answer, CancellationToken end)
    {
        SocketAddress source = question.Source;
        switch (_context.Answer(
            responder, question.Message, question.Asker, _gateway, isUdp: true, answer, out NameSnapshot names, out int length))
        {
            case Outcome.Answered:
                Send(answer.AsSpan(0, length), source, names, question.Asker);
                break;
            case Outcome.Forward:
                SocketAddress back = new(source.Family, source.Size);
                source.Buffer[..source.Size].CopyTo(back.Buffer);
                _ = ForwardAsync(names, question.Message.ToArray(), question.Asker, back, end);
                break;
            default:
                break;
        }
    }

    private void Send(ReadOnlySpan<byte> answer, SocketAddress to, NameSnapshot names, HostAddress asker)
    {
        if (names.HasContainer(asker) || asker == _gateway || _strangers.TrySpend(answer.Length)) // the host asks from the gateway's own address
        {
            _ = _socket.SendTo(answer, SocketFlags.None, to);
        }
    }

    private async Task ForwardAsync(NameSnapshot names, byte[] message, HostAddress asker, SocketAddress back, CancellationToken end)
    {
        try
        {
            byte[] answer = await _context.Relay.AskAsync(names, message, asker, _gateway, isUdp: true, end).ConfigureAwait(false);
            Send(answer, back, names, asker);
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
