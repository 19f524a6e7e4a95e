using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Dns.Forwarding;

/// <summary>Asks one server after the other until one settles the question.</summary>
/// <param name="port">The port of all servers: 53.</param>
/// <param name="patience">How long all of it may take.</param>
/// <param name="open">Opens sockets.</param>
internal sealed class Forwarder(int port, TimeSpan patience, SocketOpener open) : IDisposable
{
    /// <summary>As long as a resolver waits at least: the C library asks again after 5 seconds.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(4);

    /// <summary>Opens sockets where the caller is.</summary>
    public static readonly SocketOpener OpenHere = static (family, type, protocol) => new Socket(family, type, protocol);

    /// <summary>The port that servers are asked at.</summary>
    public const int UsualPort = 53;

    private readonly ConcurrentDictionary<IPAddress, UpstreamServer> _servers = new();

    /// <summary>
    /// Asks. A server that refuses, fails or is out of reach is followed by the next at once. One that is silent is followed after a while, and its
    /// answer is taken all the same if it comes first. Each server is asked a second time, in case a packet was lost.
    /// </summary>
    /// <param name="message">The container's question.</param>
    /// <param name="servers">Whom to ask, in this order.</param>
    /// <param name="prefersTcp">Whether the container asked by TCP.</param>
    /// <param name="end">When the name server ends.</param>
    /// <returns>The answer, under the container's id; SERVFAIL or REFUSED if nobody had a better one; null if nobody answered in time.</returns>
    public async Task<byte[]?> AskAsync(
        ReadOnlyMemory<byte> message, IReadOnlyList<IPAddress> servers, bool prefersTcp, CancellationToken end)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(end);
        deadline.CancelAfter(patience);
        IPAddress[] attempts = [.. servers, .. servers];
        TimeSpan step = patience / (attempts.Length + 1);
        HashSet<IPAddress> failed = [];
        Dictionary<Task<UpstreamResult>, IPAddress> asked = [];
        byte[]? negative = null;
        for (int next = 0; ;)
        {
            while (next < attempts.Length && failed.Contains(attempts[next]))
            {
                next++;
            }
            bool isLast = next >= attempts.Length;
            if (!isLast)
            {
                IPAddress server = attempts[next++];
                UpstreamQuestion question = new(message.Span);
                asked.Add(ServerAt(server).AskAsync(question, prefersTcp, deadline.Token), server);
            }
            if (asked.Count == 0)
            {
                return negative;
            }
            if (await FirstAsync(asked.Keys, isLast ? patience : step).ConfigureAwait(false) is not { } first)
            {
                continue; // nobody yet: ask one more, or wait on for those that were asked
            }
            UpstreamResult result = await first.ConfigureAwait(false);
            if (result.IsFinal)
            {
                await deadline.CancelAsync().ConfigureAwait(false);
                return result.Message;
            }
            negative = result.Message ?? negative;
            _ = failed.Add(asked[first]);
            _ = asked.Remove(first);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (UpstreamServer server in _servers.Values)
        {
            server.Dispose();
        }
    }

    private UpstreamServer ServerAt(IPAddress server) => _servers.GetOrAdd(server, one => new UpstreamServer(new IPEndPoint(one, port), open));

    /// <summary>The first that is done; null if none is within the time.</summary>
    private static async Task<Task<UpstreamResult>?> FirstAsync(IEnumerable<Task<UpstreamResult>> tasks, TimeSpan time)
    {
        try
        {
            return await Task.WhenAny(tasks).WaitAsync(time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
