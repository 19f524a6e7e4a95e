namespace BridgeNet.Names;

/// <summary>
/// Hears of records that any process makes and removes. It tells of the first of several changes at once, and of the others together when a while has
/// passed.
/// </summary>
internal sealed class RecordMonitor : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly SemaphoreSlim _changes = new(0);
    private readonly CancellationTokenSource _end = new();

    /// <summary>Listens from now on.</summary>
    /// <param name="directories">The directories of records.</param>
    /// <param name="changed">Is told.</param>
    /// <exception cref="IOException">The host has no watch left (fs.inotify.max_user_instances).</exception>
    public RecordMonitor(IEnumerable<string> directories, Action changed)
    {
        try
        {
            foreach (string directory in directories)
            {
                FileSystemWatcher watcher = new(directory) { NotifyFilter = NotifyFilters.FileName };
                _watchers.Add(watcher);
                watcher.Created += (_, _) => _changes.Release();
                watcher.Deleted += (_, _) => _changes.Release();
                watcher.Renamed += (_, _) => _changes.Release();
                watcher.Error += (_, _) => _changes.Release();
                watcher.EnableRaisingEvents = true;
            }
        }
        catch (Exception error)
        {
            _watchers.ForEach(watcher => watcher.Dispose());
            throw error is ArgumentException ? new IOException(error.Message, error) : error;
        }
        _ = FollowAsync(changed, _end.Token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _watchers.ForEach(watcher => watcher.Dispose());
    }

    private async Task FollowAsync(Action changed, CancellationToken end)
    {
        using PeriodicTimer pause = new(s_pause);
        try
        {
            while (true)
            {
                await _changes.WaitAsync(end).ConfigureAwait(false);
                while (_changes.Wait(TimeSpan.Zero, end))
                {
                    // one look sees them all
                }
                changed();
                _ = await pause.WaitForNextTickAsync(end).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // disposed
        }
    }
}
