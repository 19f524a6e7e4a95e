using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Proxies;

/// <summary>One client's TCP connection and its connection to the container. It copies data both ways.</summary>
/// <remarks>It passes on the end of one direction while the other goes on, and a reset as a reset.</remarks>
internal static class TcpConnectionProxy
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Serves a client until both directions end, one fails, or it is cancelled; then closes its socket. Never throws.</summary>
    public static async Task RunAsync(Socket client, ProxyRoute route, CancellationToken end)
    {
        await Task.Yield(); // the next client must not wait until this one's socket is opened
        Socket? server = null;
        bool isWhole = false;
        try
        {
            if (!route.Refuses(((IPEndPoint)client.RemoteEndPoint!).Address))
            {
                server = route.OpenSocket(SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(route.Container, end).ConfigureAwait(false);
                await JoinAsync(client, server, end).ConfigureAwait(false);
                isWhole = true;
            }
        }
        catch (Exception error) when (IsEnd(error))
        {
            // whatever failed, the client gets a reset
        }
        finally
        {
            Close(client, isWhole);
            Close(server, isWhole);
        }
    }

    /// <summary>Whether an error ends a connection in a usual way. ObjectDisposed: the process ends and has closed the host's namespace.</summary>
    private static bool IsEnd(Exception error) =>
        error is SocketException or OperationCanceledException or ObjectDisposedException or BridgeNetException;

    private static async Task JoinAsync(Socket client, Socket server, CancellationToken end)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(end);
        foreach (Socket socket in new[] { client, server })
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        }
        await Task.WhenAll(CopyAsync(client, server, either), CopyAsync(server, client, either)).ConfigureAwait(false);
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationTokenSource either)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int length;
            while ((length = await from.ReceiveAsync(buffer, either.Token).ConfigureAwait(false)) > 0)
            {
                for (int sent = 0; sent < length;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), either.Token).ConfigureAwait(false);
                }
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            await either.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Close(Socket? socket, bool isWhole)
    {
        if (isWhole)
        {
            socket?.Dispose();
        }
        else
        {
            socket?.Close(0); // a reset, because the data is incomplete
        }
    }
}
