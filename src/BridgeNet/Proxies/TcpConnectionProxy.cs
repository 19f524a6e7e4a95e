using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Proxies;

/// <summary>One client's TCP connection and the one to the container for it: what either says, the other hears.</summary>
/// <remarks>The end of one direction is passed on as such, and the other goes on; a reset is passed on as a reset.</remarks>
internal static class TcpConnectionProxy
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Serves a client until both directions have ended, one of them failed, or it is cancelled; closes its socket. Never fails.</summary>
    public static async Task RunAsync(Socket client, ProxyRoute route, CancellationToken end)
    {
        await Task.Yield(); // the next client need not wait until this one's socket is opened
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
            // whatever it is, the client is told by a reset
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
            socket?.Close(0); // a reset: what was sent so far is not all
        }
    }
}
