using System.Net;
using System.Net.Sockets;

namespace BridgeNet.TestKit;

/// <summary>Web clients that live in a namespace.</summary>
public static class HttpFrom
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>A plain HttpClient whose sockets are opened in the namespace; each request makes a connection of its own.</summary>
    public static HttpClient Client(Netns place, TimeSpan? patience = null)
    {
        SocketsHttpHandler handler = new()
        {
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = async (context, cancel) => await ConnectAsync(place, context.DnsEndPoint, cancel),
        };
        return new HttpClient(handler, disposeHandler: true) { Timeout = patience ?? s_patience };
    }

    /// <summary>curl in the namespace: silent but for errors, no proxy, ten seconds at most.</summary>
    public static CommandResult Curl(this Netns place, string url, params IEnumerable<string> options) =>
        place.Run("curl", ["-sS", "--fail", "--noproxy", "*", "--max-time", $"{s_patience.TotalSeconds}", .. options, url]);

    /// <summary>Whether a TCP connection comes about in time: the short question of whether a door is open.</summary>
    public static async Task<bool> CanConnectAsync(this Netns place, IPEndPoint to, TimeSpan patience)
    {
        using Socket socket = place.OpenSocket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using CancellationTokenSource limit = new(patience);
        try
        {
            await socket.ConnectAsync(to, limit.Token);
            return true;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Tries each address of the name in turn, each with a new socket: the runtime would open the second one elsewhere.</summary>
    private static async Task<Stream> ConnectAsync(Netns place, DnsEndPoint to, CancellationToken cancel)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(to.Host, cancel);
        SocketException? failure = null;
        foreach (IPAddress address in addresses)
        {
            Socket socket = place.OpenSocket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.NoDelay = true;
                await socket.ConnectAsync(new IPEndPoint(address, to.Port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException error)
            {
                failure = error;
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }
}
