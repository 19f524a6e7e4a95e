using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BridgeNet.Extensions.Hosting;

/// <summary>Ensures the networks before other services start, then watches and serves names until the host stops.</summary>
internal sealed partial class BridgeNetService(
    BridgeDriver driver, IOptions<BridgeNetOptions> options, ILogger<BridgeNetService> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>How long after a failure the watch begins again.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private NameService? _names;
    private Task _watch = Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (NetworkDefinition definition in options.Value.Networks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Network network = driver.EnsureNetwork(definition);
            LogNetwork(logger, network.Name, network.Device, string.Join(", ", network.Gateways));
        }
        if (options.Value.ServeNames)
        {
            _names = driver.ServeNames();
        }
        if (options.Value.Watch)
        {
            _watch = Task.Run(WatchAsync, CancellationToken.None);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _end.CancelAsync().ConfigureAwait(false);
        try
        {
            await _watch.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _names?.Dispose();
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _watch.GetAwaiter().GetResult(); // it uses the driver until it has ended, which is at most a repair
        _names?.Dispose();
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        using PeriodicTimer pause = new(s_pause);
        try
        {
            do
            {
                try
                {
                    await foreach (RepairReport report in driver.WatchAsync(_end.Token).ConfigureAwait(false))
                    {
                        Tell(report);
                    }
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    LogWatchFailed(logger, error);
                }
            }
            while (await pause.WaitForNextTickAsync(_end.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // the host stops
        }
    }

    private void Tell(RepairReport report)
    {
        foreach (RepairFinding finding in report.Findings)
        {
            switch (finding.Kind)
            {
                case RepairKind.Restored:
                    LogRestored(logger, finding);
                    break;
                case RepairKind.Ended:
                    LogEnded(logger, finding);
                    break;
                default:
                    LogBeyondRepair(logger, finding);
                    break;
            }
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "network {Network} is on {Device}, gateways {Gateways}")]
    private static partial void LogNetwork(ILogger logger, string network, Netlink.InterfaceName device, string gateways);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "restored {Finding}")]
    private static partial void LogRestored(ILogger logger, RepairFinding finding);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "ended {Finding}")]
    private static partial void LogEnded(ILogger logger, RepairFinding finding);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "beyond repair: {Finding}")]
    private static partial void LogBeyondRepair(ILogger logger, RepairFinding finding);

    [LoggerMessage(EventId = 5, Level = LogLevel.Error, Message = "the watch failed, and begins again")]
    private static partial void LogWatchFailed(ILogger logger, Exception error);
}
