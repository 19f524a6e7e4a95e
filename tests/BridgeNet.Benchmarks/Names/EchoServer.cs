using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Benchmarks.Names;

/// <summary>A server of the world that makes each question an answer with one address, on a thread of its own.</summary>
internal sealed class EchoServer : IDisposable
{
    private static readonly byte[] s_record = [0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 203, 0, 113, 7];

    private readonly Socket _socket;

    public EchoServer(Socket socket)
    {
        _socket = socket;
        new Thread(Run) { IsBackground = true }.Start();
    }

    public void Dispose() => _socket.Dispose();

    private void Run()
    {
        byte[] message = new byte[600];
        SocketAddress from = new(_socket.AddressFamily);
        try
        {
            while (true)
            {
                int length = _socket.ReceiveFrom(message.AsSpan(0, 512), SocketFlags.None, from);
                message[2] |= 0x80;
                message[7] = 1;
                s_record.CopyTo(message, length);
                _ = _socket.SendTo(message.AsSpan(0, length + s_record.Length), SocketFlags.None, from);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // it is disposed
        }
    }
}
