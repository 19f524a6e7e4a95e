namespace BridgeNet.Names;

/// <summary>Hears of records that any process makes and removes.</summary>
internal sealed class RecordMonitor : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_deaf = TimeSpan.FromSeconds(5);

    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly SemaphoreSlim _changes = new(0);
    private readonly CancellationTokenSource _end = new();

    /// <summary>Listens from now on.</summary>
    /// <param name="directories">The directories of records.</param>
    /// <param name="changed">Is told of each change at once; it is to be quick.</param>
    /// <param name="settled">Is told of the first of several changes at once, and of the others together when a while has passed.</param>
    /// <param name="deaf">Is told why it cannot listen (fs.inotify.max_user_instances); it then says every few seconds that records changed.</param>
    public RecordMonitor(IEnumerable<string> directories, Action changed, Action settled, Action<string> deaf)
    {
        bool hears = true;
        try
        {
            foreach (string directory in directories)
            {
                FileSystemWatcher watcher = new(directory) { NotifyFilter = NotifyFilters.FileName };
                _watchers.Add(watcher);
                watcher.Created += (_, _) => Note(changed);
                watcher.Deleted += (_, _) => Note(changed);
                watcher.Renamed += (_, _) => Note(changed);
                watcher.Error += (_, _) => Note(changed);
                watcher.EnableRaisingEvents = true;
            }
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            hears = false;
            deaf(error.Message);
        }
        _ = hears ? FollowAsync(settled, _end.Token) : LookAsync(changed + settled, _end.Token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _watchers.ForEach(watcher => watcher.Dispose());
    }

    private void Note(Action changed)
    {
        changed();
        _ = _changes.Release();
    }

    private async Task FollowAsync(Action settled, CancellationToken end)
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
                settled();
                _ = await pause.WaitForNextTickAsync(end).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // disposed
        }
    }

    private static async Task LookAsync(Action look, CancellationToken end)
    {
        using PeriodicTimer pause = new(s_deaf);
        try
        {
            while (await pause.WaitForNextTickAsync(end).ConfigureAwait(false))
            {
                look();
            }
        }
        catch (OperationCanceledException)
        {
            // disposed
        }
    }
}
