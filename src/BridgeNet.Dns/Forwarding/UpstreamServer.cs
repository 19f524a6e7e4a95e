using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Forwarding;

/// <summary>A server that is asked.</summary>
/// <param name="address">Where it is.</param>
/// <param name="open">Opens sockets.</param>
internal sealed class UpstreamServer(IPEndPoint address, SocketOpener open) : IDisposable
{
    private const int LeastRoom = 4096;

    private readonly UpstreamSockets _sockets = new(address, open);

    /// <summary>
    /// Asks it. By UDP each question has a socket to itself while it is under way. An answer with TC is asked for again by TCP.
    /// </summary>
    /// <param name="question">The question.</param>
    /// <param name="prefersTcp">Whether the container asked by TCP: it expects much.</param>
    /// <param name="end">When to give up.</param>
    public async Task<UpstreamResult> AskAsync(UpstreamQuestion question, bool prefersTcp, CancellationToken end)
    {
        try
        {
            if (prefersTcp && await TryAskByTcpAsync(question, end).ConfigureAwait(false) is { Message: not null } whole)
            {
                return whole;
            }
            UpstreamResult result = await AskByUdpAsync(question, end).ConfigureAwait(false);
            bool isCut = !prefersTcp && result.Message is { } message && (message[2] & (HeaderFlags.Truncated >> 8)) != 0;
            return isCut && await TryAskByTcpAsync(question, end).ConfigureAwait(false) is { Message: not null } more ? more : result;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            return UpstreamResult.None; // refused, out of reach, or silent
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _sockets.Dispose();

    private async Task<UpstreamResult> AskByUdpAsync(UpstreamQuestion question, CancellationToken end)
    {
        UpstreamSocket? socket = _sockets.Take();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(question.UdpSize, LeastRoom) + 1);
        try
        {
            socket.Send(question.Message);
            while (true)
            {
                int length = await socket.ReceiveAsync(buffer, end).ConfigureAwait(false);
                if (question.IsAnsweredBy(buffer.AsSpan(0, length)))
                {
                    _sockets.Give(socket);
                    socket = null;
                    // A server that sends more than it was asked to: what did not fit is lost.
                    buffer[2] |= (byte)(length == buffer.Length ? HeaderFlags.Truncated >> 8 : 0);
                    return question.Accept(buffer.AsSpan(0, length));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            socket?.Dispose(); // its answer may come yet, or an error
        }
    }

    /// <summary>No answer where the server does not speak TCP: then what UDP brings has to do.</summary>
    private async Task<UpstreamResult> TryAskByTcpAsync(UpstreamQuestion question, CancellationToken end)
    {
        using Socket socket = open(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.NoDelay = true;
        try
        {
            await socket.ConnectAsync(address, end).ConfigureAwait(false);
            byte[] framed = new byte[question.Message.Length + 2];
            BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)question.Message.Length);
            question.Message.CopyTo(framed, 2);
            _ = await socket.SendAsync(framed, SocketFlags.None, end).ConfigureAwait(false);
            byte[] head = new byte[2];
            if (!await ReceiveAllAsync(socket, head, end).ConfigureAwait(false))
            {
                return UpstreamResult.None;
            }
            byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
            return await ReceiveAllAsync(socket, message, end).ConfigureAwait(false) && question.IsAnsweredBy(message)
                ? question.Accept(message)
                : UpstreamResult.None;
        }
        catch (SocketException)
        {
            return UpstreamResult.None;
        }
    }

    private static async Task<bool> ReceiveAllAsync(Socket socket, Memory<byte> buffer, CancellationToken end)
    {
        while (!buffer.IsEmpty)
        {
            int length = await socket.ReceiveAsync(buffer, SocketFlags.None, end).ConfigureAwait(false);
            if (length == 0)
            {
                return false;
            }
            buffer = buffer[length..];
        }
        return true;
    }
}
