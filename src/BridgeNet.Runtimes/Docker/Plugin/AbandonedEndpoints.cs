using Microsoft.Extensions.Logging;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>
/// Removes endpoints that Docker asked for and never fetched: it, or the plugin, died in between. Docker then asks for others, and sends nothing
/// for these.
/// </summary>
internal sealed partial class AbandonedEndpoints(BridgeDriver driver, HostLinks links, NetworkDriver networks, ILogger logger)
{
    private HashSet<string> _waiting = new(StringComparer.Ordinal);

    /// <summary>Looks at every interval until the token is cancelled.</summary>
    public async Task WatchAsync(TimeSpan interval, CancellationToken end)
    {
        using PeriodicTimer timer = new(interval);
        do
        {
            Look();
        }
        while (await timer.WaitForNextTickAsync(end).ConfigureAwait(false));
    }

    /// <summary>Ends what waits now and waited at the last look.</summary>
    private void Look()
    {
        try
        {
            string[] waiting = [.. links.Waiting(driver.Endpoints).Select(endpoint => endpoint.Id)];
            foreach (string id in waiting.Where(_waiting.Contains))
            {
                _ = driver.Detach(id);
                LogRemoved(id);
            }
            _waiting = new HashSet<string>(waiting, StringComparer.Ordinal);
            networks.ForgetEnded();
        }
        catch (BridgeNetException error)
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "removed endpoint {Id}, which Docker never fetched")]
    private partial void LogRemoved(string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "endpoints that Docker never fetched could not be removed")]
    private partial void LogFailed(Exception error);
}
