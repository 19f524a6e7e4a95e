using System.Buffers;
using System.Net;
using System.Net.Sockets;

using BridgeNet.Native;

namespace BridgeNet.Proxies;

/// <summary>Passes one client's datagrams for one host address to the container, and sends the answers from that address.</summary>
internal sealed class UdpClientProxy : IDisposable
{
    /// <summary>The longest payload of UDP over IPv4.</summary>
    private const int LongestBytes = 65_507;

    private readonly CancellationTokenSource _silence = new();
    private readonly Socket _listener;
    private readonly Socket _server;
    private readonly IPEndPoint _client;
    private readonly IPPacketInformation _asked;
    private readonly TimeSpan _idle;

    private UdpClientProxy(Socket listener, Socket server, IPEndPoint client, IPPacketInformation asked, TimeSpan idle)
    {
        _listener = listener;
        _server = server;
        _client = client;
        _asked = asked;
        _idle = idle;
        _silence.CancelAfter(idle);
    }

    /// <summary>Whether both sides were silent for too long: then the client needs a new one.</summary>
    public bool HasEnded => _silence.IsCancellationRequested;

    /// <summary>Opens a socket to the container for a client.</summary>
    /// <param name="listener">Sends the answers.</param>
    /// <param name="client">The client.</param>
    /// <param name="asked">The address to which it sent its datagrams, and the interface by which they came.</param>
    /// <param name="route">The container.</param>
    /// <param name="idle">The longest silence of both sides.</param>
    /// <exception cref="SocketException">There are no descriptors left, or no way to the container.</exception>
    public static UdpClientProxy Open(Socket listener, IPEndPoint client, IPPacketInformation asked, ProxyRoute route, TimeSpan idle)
    {
        Socket server = route.OpenSocket(SocketType.Dgram, ProtocolType.Udp);
        try
        {
            server.Connect(route.Container); // so that only the container's datagrams arrive; it sends nothing
            return new UdpClientProxy(listener, server, client, asked, idle);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Passes a client's datagram on.</summary>
    /// <exception cref="SocketException">The datagram is lost.</exception>
    /// <exception cref="ObjectDisposedException">The datagram is lost: both sides were just silent for too long.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken end)
    {
        _silence.CancelAfter(_idle);
        try
        {
            _ = await _server.SendAsync(datagram, end).ConfigureAwait(false);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionRefused)
        {
            _ = await _server.SendAsync(datagram, end).ConfigureAwait(false); // the error was of an earlier datagram, so this one was not sent yet
        }
    }

    /// <summary>Passes answers on until both sides are silent for too long or it is cancelled; then closes the socket. Never throws.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(LongestBytes);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(end, _silence.Token);
        while (!either.IsCancellationRequested)
        {
            try
            {
                int length = await _server.ReceiveAsync(buffer, either.Token).ConfigureAwait(false);
                _silence.CancelAfter(_idle);
                Answer(buffer.AsSpan(0, length));
            }
            catch (SocketException)
            {
                // no program listens in the container, perhaps not yet
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                break;
            }
        }
        ArrayPool<byte>.Shared.Return(buffer);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.Dispose();
        _silence.Dispose();
    }

    /// <summary>Drops what it cannot send at once, as any datagram may be dropped.</summary>
    private void Answer(ReadOnlySpan<byte> datagram)
    {
        int interfaceIndex = _asked.Address.IsIPv6LinkLocal ? _asked.Interface : 0;
        _ = Datagrams.SendFrom(_listener.SafeHandle, datagram, _asked.Address, interfaceIndex, _client);
    }
}
