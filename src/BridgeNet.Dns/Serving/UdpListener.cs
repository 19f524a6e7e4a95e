using System.Net;
using System.Net.Sockets;

using BridgeNet.Dns.Answers;
using BridgeNet.Dns.Names;
using BridgeNet.Native;

namespace BridgeNet.Dns.Serving;

/// <summary>
/// Answers at one address by UDP, on a thread of its own: it waits in the kernel for the next question, and answers a container's name without
/// another thread, a lock or an allocation. Only forwarded questions go on elsewhere.
/// </summary>
internal sealed class UdpListener : IDisposable
{
    private const int MostMessageBytes = 4096;

    /// <summary>The most questions that one system call takes.</summary>
    private const int MostQuestions = 32;

    /// <summary>The most questions that are taken from the socket before the next ones are served.</summary>
    private const int MostAtOnce = 128;

    /// <summary>
    /// The most questions that are served before others are taken from the socket, and whose answers one system call sends: the first waits for the
    /// last.
    /// </summary>
    private const int MostAnswers = 8;

    /// <summary>How long it does nothing after a failure.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

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
            _socket.Shutdown(SocketShutdown.Both); // it ends the thread's wait, and then fails: the socket is not connected
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
        FairQueue queue = new();
        DatagramBatch questions = new(MostQuestions, MostMessageBytes), answers = new(MostAnswers, MostMessageBytes);
        Responder responder = new();
        CancellationToken end = _end.Token;
        while (!end.IsCancellationRequested)
        {
            try
            {
                Receive(queue, questions);
                for (int served = 0; served < MostAnswers && queue.TryTake(out WaitingQuestion? question); served++)
                {
                    Serve(responder, question, answers, end);
                    queue.Return(question);
                }
                _ = answers.Send(_socket.SafeHandle); // one that the kernel cannot take now is lost; it holds nobody up
            }
            catch (Exception error) // the machine has no memory, or the kernel refuses the calls: it must neither end the names nor busy a processor
            {
                _context.Log($"messages were lost by {error.GetType().Name}: {error.Message}");
                _ = end.WaitHandle.WaitOne(s_pause);
            }
        }
    }

    /// <summary>
    /// Takes the questions that are there, and waits for one if none waits in the queue: a question that waits in the socket has no turn.
    /// </summary>
    private void Receive(FairQueue queue, DatagramBatch batch)
    {
        for (int taken = 0; taken < MostAtOnce; taken += batch.Places)
        {
            Errno errno = batch.Receive(_socket.SafeHandle, isWaiting: queue.Count == 0);
            if (errno is not (Errno.None or Errno.EAGAIN))
            {
                throw new KernelException(errno, "receive questions");
            }
            for (int i = 0; i < batch.Count && !batch.Address(i).IsEmpty; i++)
            {
                WaitingQuestion question = queue.Rent();
                question.Take(batch.Content(i), batch.Address(i));
                _ = queue.Add(question);
            }
            if (batch.Count < batch.Places)
            {
                return;
            }
        }
    }

    private void Serve(Responder responder, WaitingQuestion question, DatagramBatch answers, CancellationToken end)
    {
        try
        {
            switch (_context.Answer(
                responder, question.Message, question.Asker, _gateway, isUdp: true, answers.NextRoom, out NameSnapshot names, out int length))
            {
                case Outcome.Answered when MaySend(names, question.Asker, length):
                    answers.Add(length, question.Source);
                    break;
                case Outcome.Forward:
                    _ = ForwardAsync(names, question.Message.ToArray(), question.Asker, question.Source.ToArray(), end);
                    break;
                default:
                    break;
            }
        }
        catch (Exception error) // a fault of ours: one message must not end the names of the host
        {
            _context.Log($"a message of {question.Asker} was lost by {error.GetType().Name}: {error.Message}");
        }
    }

    /// <summary>
    /// Whether an answer may go: to a container, to the host, which asks from the gateway's own address, or within the budget of strangers.
    /// </summary>
    private bool MaySend(NameSnapshot names, HostAddress asker, int length) =>
        names.HasContainer(asker) || asker == _gateway || _strangers.TrySpend(length);

    private async Task ForwardAsync(NameSnapshot names, byte[] message, HostAddress asker, byte[] source, CancellationToken end)
    {
        try
        {
            byte[] answer = await _context.Relay.AskAsync(names, message, asker, _gateway, isUdp: true, end).ConfigureAwait(false);
            if (MaySend(names, asker, answer.Length))
            {
                _ = Datagrams.Send(_socket.SafeHandle, answer, source); // if it fails, the container is gone
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // the listener is gone
        }
        catch (Exception error)
        {
            _context.Log($"a question of {asker} was lost by {error.GetType().Name}: {error.Message}");
        }
    }
}
