using System.Net;
using System.Net.Sockets;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Repairs;

/// <summary>A download that goes on for as long as it is wanted: one connection, of which every byte is looked at.</summary>
internal sealed class EndlessDownload : IAsyncDisposable
{
    private const int ChunkBytes = 16 * 1024;
    private const int Port = 7777;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);

    private readonly CancellationTokenSource _end = new();
    private readonly Socket _listener;
    private readonly Socket _client;
    private readonly Task _sending;
    private readonly Task _receiving;
    private long _received;

    private EndlessDownload(Socket listener, Socket client)
    {
        _listener = listener;
        _client = client;
        _sending = SendAsync();
        _receiving = ReceiveAsync();
    }

    /// <summary>How many bytes arrived.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Whether the connection broke or something arrived wrong; if so, this throws why.</summary>
    public void ThrowIfBroken()
    {
        foreach (Task side in new[] { _sending, _receiving }.Where(side => side.IsCompleted))
        {
            side.GetAwaiter().GetResult();
            throw new InvalidOperationException("the connection ended");
        }
    }

    /// <summary>Begins to download from a server that listens in one place, in another.</summary>
    public static async Task<EndlessDownload> StartAsync(Netns server, IPAddress address, Netns client)
    {
        Socket listener = server.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, Port));
        listener.Listen();
        Socket socket = client.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, Port);
        return new EndlessDownload(listener, socket);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _client.Dispose();
        _listener.Dispose();
        await Task.WhenAll(_sending, _receiving).ContinueWith(static _ => { }, TaskScheduler.Default);
        _end.Dispose();
    }

    private async Task SendAsync()
    {
        using Socket peer = await _listener.AcceptAsync(_end.Token);
        using PeriodicTimer pace = new(s_pause);
        byte[] chunk = new byte[ChunkBytes];
        for (byte number = 0; ; number++)
        {
            Array.Fill(chunk, number);
            await peer.SendAsync(chunk, _end.Token);
            _ = await pace.WaitForNextTickAsync(_end.Token);
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[ChunkBytes];
        while (true)
        {
            int count = await _client.ReceiveAsync(buffer, _end.Token);
            if (count == 0)
            {
                throw new InvalidOperationException("the server's end is closed");
            }
            foreach (byte one in buffer.AsSpan(0, count))
            {
                if (one != (byte)(_received++ / ChunkBytes))
                {
                    throw new InvalidOperationException($"byte {_received} is wrong");
                }
            }
        }
    }
}
