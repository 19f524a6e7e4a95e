using System.Collections.Concurrent;

namespace BridgeNet.Integration.Tests.Repairs;

/// <summary>A driver that watches beside the test.</summary>
internal sealed class Watcher : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<RepairReport> _reports = new();
    private readonly Task _watching;

    public Watcher(BridgeDriver driver) => _watching = WatchAsync(driver);

    /// <summary>What it repaired so far.</summary>
    public IReadOnlyCollection<RepairReport> Reports => _reports;

    public void Dispose()
    {
        _end.Cancel();
        FluentActions.Invoking(() => _watching.GetAwaiter().GetResult()).Should().Throw<OperationCanceledException>();
        _end.Dispose();
    }

    private async Task WatchAsync(BridgeDriver driver)
    {
        await foreach (RepairReport report in driver.WatchAsync(_end.Token))
        {
            _reports.Enqueue(report);
        }
    }
}
