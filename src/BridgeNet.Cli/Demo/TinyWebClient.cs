using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BridgeNet.Cli.Demo;

/// <summary>A web client that fetches one page, from a given network namespace or the caller's.</summary>
internal static class TinyWebClient
{
    /// <summary>How long to wait for a connection, and for each part of the answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Fetches a page.</summary>
    /// <param name="from">The namespace that asks; null for the calling thread's.</param>
    /// <param name="server">Whom.</param>
    /// <param name="host">By what name.</param>
    /// <exception cref="DemoException">There is no answer, or its status is not 200.</exception>
    public static HttpAnswer Get(NetworkNamespace? from, IPEndPoint server, string host)
    {
        try
        {
            using Socket socket = from is null ? Open() : from.Run(Open);
            Connect(socket, server);
            using NetworkStream stream = new(socket);
            stream.Write(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
            using MemoryStream whole = new();
            stream.CopyTo(whole);
            return Parse(whole.ToArray()) ?? throw new DemoException($"{host} gave an answer that is not HTTP 200");
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            throw new DemoException(
                $"no answer from {host} ({server}): {error.Message}; if another firewall is at work here, it may drop what is forwarded: "
                    + "see nft list ruleset",
                error);
        }
    }

    /// <summary>A socket in the calling thread's namespace; it stays there whichever thread connects it.</summary>
    private static Socket Open() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        ReceiveTimeout = (int)s_patience.TotalMilliseconds,
        SendTimeout = (int)s_patience.TotalMilliseconds,
    };

    /// <summary>Connects; only the asynchronous call takes a timeout.</summary>
    private static void Connect(Socket socket, IPEndPoint server)
    {
        using CancellationTokenSource limit = new(s_patience);
        try
        {
            socket.ConnectAsync(server, limit.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    private static HttpAnswer? Parse(byte[] whole)
    {
        int end = whole.AsSpan().IndexOf("\r\n\r\n"u8);
        string[] head = end < 0 ? [] : Encoding.ASCII.GetString(whole, 0, end).Split("\r\n");
        const string ContentType = "Content-Type: ", Length = "Content-Length: ";
        byte[] body = whole[(end + 4)..];
        return head is ["HTTP/1.1 200 OK", ..] && head.Contains($"{Length}{body.Length}", StringComparer.Ordinal)
            ? new HttpAnswer(
                Array.Find(head, line => line.StartsWith(ContentType, StringComparison.Ordinal))?[ContentType.Length..] ?? string.Empty, body)
            : null;
    }
}
