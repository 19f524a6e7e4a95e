using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BridgeNet.TestKit;

/// <summary>A socat that answers each datagram with one of its own, as a name server does: "ADDRESS asked TEXT".</summary>
public sealed class UdpEcho : IDisposable
{
    private readonly BackgroundProcess _process;

    private UdpEcho(Netns place, int port)
    {
        Port = port;
        _process = place.Start("socat", $"UDP4-RECVFROM:{port},fork", "SYSTEM:read -r text; echo $SOCAT_PEERADDR asked $text");
        _process.Until(() => place.Listens(ProtocolType.Udp, port), $"socat is bound to port {port} of {place}");
    }

    public int Port { get; }

    /// <summary>Starts it and waits until it is bound, to every IPv4 address.</summary>
    public static UdpEcho Start(Netns place, int port = 53) => new(place, port);

    /// <summary>Sends one datagram and returns the answer; null if none came in time, or the way is closed.</summary>
    public static async Task<string?> AskAsync(Netns from, IPEndPoint to, string text, TimeSpan? patience = null)
    {
        using Socket socket = from.OpenSocket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        using CancellationTokenSource limit = new(patience ?? Eventually.Soon);
        byte[] answer = new byte[1024];
        try
        {
            await socket.ConnectAsync(to, limit.Token); // so that an answer from any other address counts as none
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), limit.Token);
            int length = await socket.ReceiveAsync(answer, limit.Token);
            return Encoding.UTF8.GetString(answer, 0, length).TrimEnd();
        }
        catch (SocketException)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose() => _process.Dispose();
}
