using System.Net;
using System.Net.Sockets;
using System.Text;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Matrix;

/// <summary>
/// A TCP service of this process in a namespace, at every address of both families, which tells each client its address and hangs up.
/// </summary>
internal sealed class AddressEcho : IDisposable
{
    private readonly Socket _listener;
    private readonly Task _service;

    public AddressEcho(Netns place, int port)
    {
        _listener = place.OpenSocket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        _listener.DualMode = true;
        _listener.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        _listener.Listen();
        _service = ServeAsync();
    }

    /// <summary>What a service answers; null if there is none, or somebody lets in who never answers.</summary>
    public static async Task<IPAddress?> AskAsync(Netns from, IPEndPoint to, TimeSpan patience)
    {
        using Socket socket = from.OpenSocket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using CancellationTokenSource limit = new(patience);
        byte[] answer = new byte[64];
        try
        {
            await socket.ConnectAsync(to, limit.Token);
            int length = await socket.ReceiveAsync(answer, limit.Token);
            return IPAddress.TryParse(Encoding.ASCII.GetString(answer, 0, length), out IPAddress? seen) ? seen : null;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _service.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using Socket client = await _listener.AcceptAsync();
                IPAddress address = ((IPEndPoint)client.RemoteEndPoint!).Address;
                await client.SendAsync(Encoding.ASCII.GetBytes((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()));
            }
            catch (SocketException error) when (error.SocketErrorCode is not SocketError.OperationAborted)
            {
                // The client went away first; its affair.
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
