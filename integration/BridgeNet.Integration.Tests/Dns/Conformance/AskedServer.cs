using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Integration.Tests.Dns.Conformance;

/// <summary>
/// A name server and the containers that ask it: <c>one</c> on the networks n1 and n2, <c>closed</c> on n1, whose server does not listen, and
/// <c>inner</c> on the internal n4. It knows web (n1), db (n2), www (both), far (n3) and ten containers of one long name.
/// </summary>
internal abstract class AskedServer : IDisposable
{
    /// <summary>The servers of all containers but <c>closed</c>, and its own.</summary>
    protected const string FirstServer = "198.51.100.2", SecondServer = "198.51.100.3", ClosedServer = "192.0.2.254";

    /// <summary>How many containers have the long name.</summary>
    protected const int Many = 10;

    /// <summary>How long an answer is waited for where none is expected; and where one is, on a busy machine too.</summary>
    private static readonly TimeSpan s_briefly = TimeSpan.FromSeconds(8), s_long = TimeSpan.FromSeconds(30);

    /// <summary>Asks, and says what comes back.</summary>
    /// <param name="question">The question.</param>
    /// <param name="expected">What will probably come: a wait in vain is short where it is expected.</param>
    public async Task<string> AskAsync(DnsQuestion question, string? expected)
    {
        TimeSpan patience = expected?.Contains("silence", StringComparison.Ordinal) == true ? s_briefly : s_long;
        using CancellationTokenSource limit = new(patience);
        try
        {
            return question.Protocol == ProtocolType.Tcp
                ? await AskByTcpAsync(question, limit.Token)
                : await AskByUdpAsync(question, limit.Token);
        }
        catch (OperationCanceledException)
        {
            return "silence";
        }
        catch (SocketException error)
        {
            return $"{error.SocketErrorCode}";
        }
    }

    public abstract void Dispose();

    /// <summary>A socket of a container, and where it asks.</summary>
    protected abstract (Socket Socket, IPEndPoint Server) Open(string asker, SocketType type, ProtocolType protocol);

    private async Task<string> AskByUdpAsync(DnsQuestion question, CancellationToken limit)
    {
        (Socket socket, IPEndPoint server) = Open(question.Asker, SocketType.Dgram, ProtocolType.Udp);
        using Socket one = socket;
        await one.ConnectAsync(server, limit);
        _ = await one.SendAsync(question.Messages[0], limit);
        byte[] answer = new byte[ushort.MaxValue];
        int length = await one.ReceiveAsync(answer, limit);
        return AnswerText.Of(answer[..length], question.Messages[0]);
    }

    private async Task<string> AskByTcpAsync(DnsQuestion question, CancellationToken limit)
    {
        (Socket socket, IPEndPoint server) = Open(question.Asker, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, limit);
        using NetworkStream stream = new(socket, ownsSocket: true);
        byte[] framed = [.. question.Messages.SelectMany(message => (byte[])[.. MessageBytes.Word(message.Length), .. message])];
        await stream.WriteAsync(framed, limit);
        List<string> answers = [];
        foreach (byte[] _ in question.Messages.Where(message => message.Length > 0))
        {
            byte[] head = new byte[2];
            try
            {
                await stream.ReadExactlyAsync(head, limit);
                byte[] answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
                await stream.ReadExactlyAsync(answer, limit);
                byte[] asked = question.Messages.FirstOrDefault(message => message.AsSpan().StartsWith(answer.AsSpan(0, 2))) ?? question.Messages[0];
                answers.Add(AnswerText.Of(answer, asked));
            }
            catch (IOException)
            {
                answers.Add("closed");
                break;
            }
            catch (OperationCanceledException)
            {
                answers.Add("silence");
                break;
            }
        }
        return string.Join(", then ", answers);
    }
}
