using System.Collections.Concurrent;
using System.Net.Sockets;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>Serves Docker's requests on a Unix socket: connections at once, and on each one request after the other.</summary>
internal sealed class PluginServer(PluginMethods methods, Action<string, string> refused)
{
    /// <summary>Docker itself waits for ever.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    /// <summary>What took longer, and is undone at its end.</summary>
    private readonly ConcurrentBag<Task> _late = [];

    /// <summary>Serves until the token is cancelled, and then finishes what is under way.</summary>
    public async Task ServeAsync(Socket listener, CancellationToken end)
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                if (await TryAcceptAsync(listener, end).ConfigureAwait(false) is { } socket)
                {
                    _ = connections.RemoveAll(static connection => connection.IsCompleted);
                    connections.Add(ServeAsync(new PluginConnection(socket), end));
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            await Task.WhenAll(connections).ConfigureAwait(false);
            await Task.WhenAll(_late).ConfigureAwait(false);
        }
    }

    /// <summary>Null, after a pause, if there are too many open files just now.</summary>
    private async Task<Socket?> TryAcceptAsync(Socket listener, CancellationToken end)
    {
        try
        {
            return await listener.AcceptAsync(end).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            refused("a connection", error.Message);
            using PeriodicTimer pause = new(TimeSpan.FromSeconds(1));
            _ = await pause.WaitForNextTickAsync(end).ConfigureAwait(false);
            return null;
        }
    }

    private async Task ServeAsync(PluginConnection connection, CancellationToken end)
    {
        using (connection)
        {
            try
            {
                bool keeps = true;
                while (keeps && await connection.ReadAsync(end).ConfigureAwait(false) is (HttpHead head, byte[] body))
                {
                    keeps = head.KeepsConnection && !end.IsCancellationRequested;
                    await AnswerAsync(connection, head, body, keeps).ConfigureAwait(false);
                }
            }
            catch (FormatException error)
            {
                await TryAnswerAsync(connection, PluginAnswer.Error(error.Message, PluginAnswer.BadRequest), keeps: false).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // Docker went away, or the plugin ends between two requests
            }
        }
    }

    private async Task AnswerAsync(PluginConnection connection, HttpHead head, byte[] body, bool keeps)
    {
        Task<PluginAnswer> work = Task.Run(() => methods.AnswerAsync(head.Target, body), CancellationToken.None);
        PluginAnswer answer;
        try
        {
            answer = await work.WaitAsync(s_longest, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            answer = PluginAnswer.Error($"not done within {s_longest.TotalSeconds} s: something holds it up, or the host is overloaded");
            _late.Add(work.ContinueWith(late => Undo(head.Target, late.Result), TaskScheduler.Default));
        }
        if (answer.Refusal is { } reason)
        {
            refused(head.Target, reason);
        }
        if (!await TryAnswerAsync(connection, answer, keeps).ConfigureAwait(false))
        {
            Undo(head.Target, answer);
            throw new IOException("Docker has hung up");
        }
    }

    private static async Task<bool> TryAnswerAsync(PluginConnection connection, PluginAnswer answer, bool keeps)
    {
        try
        {
            await connection.AnswerAsync(answer.Status, answer.Body, keeps).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Undo(string target, PluginAnswer answer)
    {
        try
        {
            answer.Undo?.Invoke();
        }
        catch (Exception error) // there is nobody to tell but the log
        {
            refused(target, $"Docker hung up, and what was done could not be undone: {error.Message}");
        }
    }
}
