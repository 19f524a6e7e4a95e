using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BridgeNet.Cli.Demo;

/// <summary>
/// A web server of one page for a network namespace. Its socket belongs to that namespace, so the serving thread need not enter it.
/// It answers one request after the other, each on a connection of its own.
/// </summary>
internal sealed class TinyWebServer : IDisposable
{
    private const int Backlog = 16;

    /// <summary>How long a client may take over its request, in milliseconds.</summary>
    private const int PatienceMilliseconds = 5_000;

    private readonly Func<IPAddress, HttpAnswer> _answer;
    private readonly Socket _listener;
    private readonly Thread _thread;

    /// <summary>Begins to listen.</summary>
    /// <param name="place">The namespace to listen in, at all its addresses.</param>
    /// <param name="port">The port.</param>
    /// <param name="answer">The answer to a client, by the client's address.</param>
    public TinyWebServer(NetworkNamespace place, int port, Func<IPAddress, HttpAnswer> answer)
    {
        _answer = answer;
        _listener = place.Run(() => Listen(port));
        _thread = new Thread(Serve) { IsBackground = true, Name = "web server" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _thread.Join();
    }

    private static Socket Listen(int port)
    {
        Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, port));
        listener.Listen(Backlog);
        return listener;
    }

    private void Serve()
    {
        while (true)
        {
            try
            {
                using Socket client = _listener.Accept();
                Serve(client);
            }
            catch (Exception error) when (error is SocketException or IOException && !_listener.SafeHandle.IsClosed)
            {
                // the client went away: serve the next one
            }
            catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Serve(Socket client)
    {
        client.ReceiveTimeout = client.SendTimeout = PatienceMilliseconds;
        using NetworkStream stream = new(client);
        using (StreamReader request = new(stream, Encoding.ASCII, leaveOpen: true))
        {
            while (request.ReadLine() is { Length: > 0 })
            {
                // the request's text does not matter: there is one page
            }
        }
        HttpAnswer answer = _answer(((IPEndPoint)client.RemoteEndPoint!).Address);
        string head = $"HTTP/1.1 200 OK\r\nContent-Type: {answer.ContentType}\r\nContent-Length: {answer.Body.Length}\r\nConnection: close\r\n\r\n";
        stream.Write(Encoding.ASCII.GetBytes(head));
        stream.Write(answer.Body);
    }
}
