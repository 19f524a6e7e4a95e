using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Proxies;

/// <summary>Receives datagrams at one address and port. Each client gets its own socket to the container.</summary>
internal sealed class UdpPortProxy : IDisposable
{
    /// <summary>The default idle time after which a client is forgotten.</summary>
    public static readonly TimeSpan UsualIdle = TimeSpan.FromSeconds(90);

    /// <summary>The most clients at once. Each costs a descriptor, and senders' addresses are easily forged.</summary>
    private const int MostClients = 1000;

    /// <summary>The longest payload of UDP over IPv6. More than IPv4's 65,507 bytes cannot be passed on.</summary>
    private const int LongestBytes = 65_527;

    /// <summary>Far longer than closing every socket takes.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private static readonly IPEndPoint s_anybody = new(IPAddress.IPv6Any, 0);

    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<(IPEndPoint Client, IPAddress Asked), UdpClientProxy> _clients = [];
    private readonly ConcurrentDictionary<Task, bool> _running = [];
    private readonly Socket _socket;
    private readonly ProxyRoute _route;
    private readonly TimeSpan _idle;
    private readonly Task _receiving;

    private UdpPortProxy(Socket socket, ProxyRoute route, TimeSpan idle)
    {
        _socket = socket;
        _route = route;
        _idle = idle;
        _receiving = ReceiveAsync();
    }

    /// <summary>Begins to receive.</summary>
    /// <exception cref="SocketException">The address is taken or not the host's.</exception>
    public static UdpPortProxy Open(ProxyRoute route, IPEndPoint at, TimeSpan idle)
    {
        Socket socket = route.Bind(at, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, optionValue: true);
            return new UdpPortProxy(socket, route, idle);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _socket.Dispose();
        if (_receiving.Wait(s_patience)) // from here no client comes
        {
            _ = Task.WaitAll([.. _running.Keys], s_patience);
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(LongestBytes);
        while (!_end.IsCancellationRequested)
        {
            try
            {
                SocketReceiveMessageFromResult received =
                    await _socket.ReceiveMessageFromAsync(buffer, SocketFlags.None, s_anybody, _end.Token).ConfigureAwait(false);
                if (Find((IPEndPoint)received.RemoteEndPoint, received.PacketInformation) is { } client)
                {
                    await client.SendAsync(buffer.AsMemory(0, received.ReceivedBytes), _end.Token).ConfigureAwait(false);
                }
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException or BridgeNetException)
            {
                // cancelled; or a datagram is lost, as any may be: too long for IPv4, or no descriptors left
            }
        }
    }

    /// <returns>Null for a client that is refused.</returns>
    private UdpClientProxy? Find(IPEndPoint client, IPPacketInformation asked)
    {
        (IPEndPoint, IPAddress) key = (client, asked.Address);
        if (_clients.TryGetValue(key, out UdpClientProxy? known) && !known.HasEnded)
        {
            return known;
        }
        if (_route.Refuses(client.Address) || asked.Address.IsIPv6Multicast || _clients.Count >= MostClients)
        {
            return null;
        }
        UdpClientProxy begun = UdpClientProxy.Open(_socket, client, asked, _route, _idle);
        _clients[key] = begun;
        Task running = begun.RunAsync(_end.Token);
        _running[running] = true;
        _ = running.ContinueWith(
            ended =>
            {
                _ = _clients.TryRemove(new(key, begun));
                _ = _running.TryRemove(ended, out _);
            },
            TaskScheduler.Default);
        return begun;
    }
}
