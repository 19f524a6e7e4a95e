using System.Diagnostics;

using BridgeNet.Dns.Serving;

using Microsoft.Extensions.Logging;

namespace BridgeNet.Cli.Running;

/// <summary>This process as the name server of BridgeNet's own networks, and the place where others ask how it is.</summary>
internal sealed class DriverNames : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private readonly BridgeDriver _driver;
    private readonly NameService _service;
    private readonly string _place;
    private StatusSocket? _status;

    private DriverNames(BridgeDriver driver, NameService service, string place)
    {
        _driver = driver;
        _service = service;
        _place = place;
        _status = Listen();
    }

    /// <summary>Begins to serve.</summary>
    /// <exception cref="NameServiceConflictException">Another process does.</exception>
    public static DriverNames Open(string stateDirectory, ILogger logger)
    {
        BridgeDriver driver = BridgeDriver.Open(new BridgeDriverOptions { StateDirectory = stateDirectory, Logger = logger });
        try
        {
            return new DriverNames(driver, driver.ServeNames(), PlaceOf(stateDirectory));
        }
        catch
        {
            driver.Dispose();
            throw;
        }
    }

    /// <summary>Begins to serve in the place of a process that is about to end.</summary>
    /// <param name="stateDirectory">The state directory.</param>
    /// <param name="logger">Hears of what nobody can be told otherwise.</param>
    /// <param name="yields">Whether to leave it to another process that serves and goes on.</param>
    /// <returns>Null if it is left to another process.</returns>
    /// <exception cref="NameServiceConflictException">Another process goes on and on.</exception>
    public static DriverNames? OpenInPlace(string stateDirectory, ILogger logger, bool yields)
    {
        long began = Stopwatch.GetTimestamp();
        using ManualResetEventSlim never = new();
        while (true)
        {
            try
            {
                return Open(stateDirectory, logger);
            }
            catch (NameServiceConflictException) when (Stopwatch.GetElapsedTime(began) < s_patience)
            {
                if (yields && Ask(stateDirectory) is not null)
                {
                    return null;
                }
                _ = never.Wait(s_pause); // it has stopped answering, and gives its place up in a moment
            }
        }
    }

    /// <summary>How the server of a state directory is, after a look at what is there now; null if none answers.</summary>
    public static NameServerStatus? Ask(string stateDirectory) => StatusSocket.TryAsk(PlaceOf(stateDirectory));

    /// <summary>
    /// Serves until it is cancelled, or no endpoint has a name any more. Before it ends it stops answering how it is, and looks once more: whoever
    /// attaches asks that after the endpoint's record is there, so that one of the two sees the other.
    /// </summary>
    public void ServeUntilIdle(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                _service.WaitUntilIdle(cancellation);
                _status?.Dispose();
                _status = null;
                if (_service.Refresh() == 0)
                {
                    return;
                }
                _status = Listen();
            }
        }
        catch (OperationCanceledException)
        {
            // a signal came
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _status?.Dispose();
        _service.Dispose();
        _driver.Dispose();
    }

    private static string PlaceOf(string stateDirectory) => Path.Combine(stateDirectory, ProcessFile.Verb);

    private StatusSocket Listen() => new(_place, Describe);

    private NameServerStatus Describe()
    {
        _ = _service.Refresh();
        NameStatistics done = _service.Statistics;
        return new NameServerStatus(
            Environment.ProcessId,
            done.Networks,
            done.Names,
            [.. _service.Listeners.Select(listener => listener.ToString())],
            _service.Failures,
            done.Questions,
            done.OwnAnswers,
            done.Misses,
            done.Refused,
            done.Forwarded,
            done.Unanswered,
            (long)done.UpstreamTime.TotalMicroseconds);
    }
}
