using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Dns.Forwarding;

/// <summary>A socket that is connected to a server, by UDP.</summary>
internal sealed class UpstreamSocket : IDisposable
{
    private readonly Socket _socket;

    /// <summary>Connects it, which sends nothing.</summary>
    /// <param name="address">The server.</param>
    /// <param name="open">Opens the socket.</param>
    /// <exception cref="SocketException">The server is out of reach.</exception>
    public UpstreamSocket(IPEndPoint address, SocketOpener open)
    {
        _socket = open(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.Connect(address);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>When it was made, as <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long Began { get; } = Stopwatch.GetTimestamp();

    /// <summary>How many questions it has had.</summary>
    public int Uses { get; set; } = 1;

    /// <summary>Sends a question.</summary>
    public void Send(ReadOnlySpan<byte> message) => _ = _socket.Send(message, SocketFlags.None);

    /// <summary>Waits for a datagram.</summary>
    /// <returns>How many bytes it has, as far as they fit.</returns>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken end) => _socket.ReceiveAsync(buffer, SocketFlags.None, end);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
