using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;

using BridgeNet.Dns.Answers;
using BridgeNet.Dns.Names;

namespace BridgeNet.Dns.Serving;

/// <summary>
/// A connection on which a container asks, any number of questions one behind the other (RFC 7766, 6.2.1.1). Each answer is sent as soon as it
/// is there, so a slow one does not hold up those behind it.
/// </summary>
/// <param name="socket">The connection, which the conversation closes.</param>
/// <param name="source">Who asks.</param>
/// <param name="gateway">The address that was asked.</param>
/// <param name="context">The server.</param>
internal sealed class TcpConversation(Socket socket, HostAddress source, HostAddress gateway, ServerContext context) : IDisposable
{
    /// <summary>How long a connection may be without a question, and a question or an answer on its way.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int LengthBytes = 2;

    private readonly Responder _responder = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly List<Task> _forwarded = [];

    /// <summary>Talks until the container is done, or does nothing for too long.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        try
        {
            byte[] head = new byte[LengthBytes];
            while (await TryReceiveAsync(head, mayWait: true, end).ConfigureAwait(false))
            {
                byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
                if (!await TryReceiveAsync(message, mayWait: false, end).ConfigureAwait(false))
                {
                    break;
                }
                // Whoever asks without a pause would keep the thread that tells of all sockets.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                await ServeAsync(message, end).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // the container is gone, or the server is ending
        }
        await Task.WhenAll(_forwarded).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        _writing.Dispose();
    }

    private async Task ServeAsync(byte[] message, CancellationToken end)
    {
        switch (Answer(message, out NameSnapshot names, out byte[] framed))
        {
            case Outcome.Answered:
                await SendAsync(framed, end).ConfigureAwait(false);
                break;
            case Outcome.Forward:
                _ = _forwarded.RemoveAll(task => task.IsCompleted);
                _forwarded.Add(ForwardAsync(names, message, end));
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// Answers with room for the longest message. The room is given back at once; the answer itself, which the container may take in its own time,
    /// is as long as it is.
    /// </summary>
    private Outcome Answer(byte[] message, out NameSnapshot names, out byte[] framed)
    {
        byte[] room = ArrayPool<byte>.Shared.Rent(ushort.MaxValue);
        try
        {
            Outcome outcome = context.Answer(
                _responder, message, source, gateway, isUdp: false, room.AsSpan(0, ushort.MaxValue), out names, out int length);
            framed = outcome == Outcome.Answered ? Frame(room.AsSpan(0, length)) : [];
            return outcome;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private static byte[] Frame(ReadOnlySpan<byte> answer)
    {
        byte[] framed = new byte[LengthBytes + answer.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)answer.Length);
        answer.CopyTo(framed.AsSpan(LengthBytes));
        return framed;
    }

    private async Task ForwardAsync(NameSnapshot names, byte[] message, CancellationToken end)
    {
        try
        {
            byte[] answer = await context.Relay.AskAsync(names, message, source, gateway, isUdp: false, end).ConfigureAwait(false);
            await SendAsync(Frame(answer), end).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Close(); // whoever does not take an answer is not waited for
        }
        catch (Exception error)
        {
            context.Log($"a question of {source} was lost by {error.GetType().Name}: {error.Message}");
        }
    }

    private async Task SendAsync(byte[] framed, CancellationToken end)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(end);
        deadline.CancelAfter(Patience);
        await _writing.WaitAsync(deadline.Token).ConfigureAwait(false);
        try
        {
            for (ReadOnlyMemory<byte> rest = framed; !rest.IsEmpty;)
            {
                rest = rest[await socket.SendAsync(rest, SocketFlags.None, deadline.Token).ConfigureAwait(false)..];
            }
        }
        finally
        {
            _ = _writing.Release();
        }
    }

    /// <summary>Fills the buffer; false at the end of the connection, or after too long a silence.</summary>
    private async Task<bool> TryReceiveAsync(Memory<byte> buffer, bool mayWait, CancellationToken end)
    {
        Memory<byte> rest = buffer;
        while (!rest.IsEmpty)
        {
            using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(end);
            deadline.CancelAfter(Patience);
            try
            {
                int length = await socket.ReceiveAsync(rest, SocketFlags.None, deadline.Token).ConfigureAwait(false);
                if (length == 0)
                {
                    return false;
                }
                rest = rest[length..];
            }
            catch (OperationCanceledException) when (!end.IsCancellationRequested)
            {
                bool isWaitingForUs = mayWait && rest.Length == buffer.Length && _forwarded.Exists(task => !task.IsCompleted);
                if (!isWaitingForUs)
                {
                    return false;
                }
            }
        }
        return true;
    }
}
