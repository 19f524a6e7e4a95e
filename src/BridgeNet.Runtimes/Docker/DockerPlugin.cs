using System.Net.Sockets;

using BridgeNet.Runtimes.Docker.Plugin;

using Microsoft.Extensions.Logging;

namespace BridgeNet.Runtimes.Docker;

/// <summary>Docker Engine's network plugin: <c>docker network create -d bridgenet</c>.</summary>
public static partial class DockerPlugin
{
    /// <summary>
    /// Serves Docker until the token is cancelled, and watches meanwhile, so that a flushed ruleset is restored at once. Requests that are under
    /// way then are finished. Containers go on without the plugin; ports are held again when it comes back.
    /// </summary>
    /// <param name="driver">The driver, with the host's network namespace as its host.</param>
    /// <param name="options">Where, and what it tells; null for all defaults.</param>
    /// <param name="end">Ends it.</param>
    /// <exception cref="IOException">The socket cannot be made, or another plugin serves there.</exception>
    public static async Task ServeDockerAsync(this BridgeDriver driver, DockerPluginOptions? options = null, CancellationToken end = default)
    {
        ArgumentNullException.ThrowIfNull(driver);
        options ??= new DockerPluginOptions();
        HostLinks links = new(options.HostNamespace);
        NetworkDriver networks = new(
            driver,
            links,
            new RequestStore(Path.Combine(driver.StateDirectory, "docker")),
            (port, endpoint) => LogNotPublished(options.Logger, port, endpoint));
        IpamDriver ipam = new(driver, new PoolStore(Path.Combine(driver.StateDirectory, "docker", "pools")), options.MostWaiting);
        using Socket listener = options.Listener ?? PluginSocket.Listen(options.SocketPath);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(end);
        FinishWhatWasLeft(driver, options.Logger);
        Tell(driver.Repair(), options.Logger); // Docker never asks for a network again that it made before the host started
        networks.HoldAll((endpoint, reason) => LogNotHeld(options.Logger, endpoint, reason));
        AbandonedEndpoints abandoned = new(driver, links, networks, options.Logger);
        Task watching = Task.WhenAll(
            AgainAsync(token => WatchAsync(driver, networks, options.Logger, token), options.Logger, over.Token),
            AgainAsync(token => abandoned.WatchAsync(options.MostWaiting, token), options.Logger, over.Token));
        PluginServer server = new(new PluginMethods(networks, ipam), (target, reason) => LogRefused(options.Logger, target, reason));
        try
        {
            await server.ServeAsync(listener, end).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
            if (options.Listener is null)
            {
                File.Delete(options.SocketPath);
            }
        }
    }

    /// <summary>
    /// Ends what a plugin that was killed left half made or half removed. Docker took an error for the end of it and asks for it never again.
    /// </summary>
    private static void FinishWhatWasLeft(BridgeDriver driver, ILogger logger)
    {
        try
        {
            foreach (string name in driver.CollectGarbage())
            {
                LogEnded(logger, name);
            }
        }
        catch (TeardownException error)
        {
            LogNotEnded(logger, error);
        }
    }

    private static async Task WatchAsync(BridgeDriver driver, NetworkDriver networks, ILogger logger, CancellationToken end)
    {
        await foreach (RepairReport report in driver.WatchAsync(end).ConfigureAwait(false))
        {
            Tell(report, logger);
            if (report.Ended.Count > 0)
            {
                networks.ForgetEnded();
            }
        }
    }

    /// <summary>Begins something again that failed, after a second, until the plugin ends.</summary>
    private static async Task AgainAsync(Func<CancellationToken, Task> watch, ILogger logger, CancellationToken end)
    {
        using PeriodicTimer pause = new(TimeSpan.FromSeconds(1));
        try
        {
            do
            {
                try
                {
                    await watch(end).ConfigureAwait(false);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    LogWatchFailed(logger, error);
                }
            }
            while (await pause.WaitForNextTickAsync(end).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // the plugin ends
        }
    }

    private static void Tell(RepairReport report, ILogger logger)
    {
        foreach (RepairFinding finding in report.Restored)
        {
            LogRestored(logger, finding);
        }
        foreach (RepairFinding finding in report.BeyondRepair)
        {
            LogBeyondRepair(logger, finding);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "port {Port} is not published at endpoint {Endpoint}, whose network has not that family")]
    private static partial void LogNotPublished(ILogger logger, string port, string endpoint);

    [LoggerMessage(Level = LogLevel.Information, Message = "ended {Name}, of which nothing or only a part was left")]
    private static partial void LogEnded(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "something that was left half done could not be ended")]
    private static partial void LogNotEnded(ILogger logger, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the watch failed, and begins again")]
    private static partial void LogWatchFailed(ILogger logger, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "restored {Line}")]
    private static partial void LogRestored(ILogger logger, RepairFinding line);

    [LoggerMessage(Level = LogLevel.Warning, Message = "beyond repair: {Line}")]
    private static partial void LogBeyondRepair(ILogger logger, RepairFinding line);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the ports of endpoint {Endpoint} are not held: {Reason}")]
    private static partial void LogNotHeld(ILogger logger, string endpoint, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Target} refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string target, string reason);
}
