using System.Diagnostics;

using BridgeNet.Dns.Serving;

using Microsoft.Extensions.Logging;

namespace BridgeNet.Cli.Running;

/// <summary>This process as the name server of BridgeNet's own networks.</summary>
internal sealed class DriverNames : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private readonly BridgeDriver _driver;
    private readonly NameService _service;

    private DriverNames(BridgeDriver driver, NameService service)
    {
        _driver = driver;
        _service = service;
    }

    /// <summary>Begins to serve.</summary>
    /// <param name="stateDirectory">The state directory.</param>
    /// <param name="logger">Hears of what nobody can be told otherwise.</param>
    /// <param name="yields">Whether to leave it to another process that serves; else that one is about to end, and is waited for.</param>
    /// <returns>Null if it is left to another process.</returns>
    /// <exception cref="NameServiceConflictException">Another process serves, and tells nobody how it is.</exception>
    public static DriverNames? Open(string stateDirectory, ILogger logger, Func<NameServerStatus, bool> yields)
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
                if (Ask(stateDirectory) is { } other && yields(other))
                {
                    return null;
                }
                _ = never.Wait(s_pause); // it gives its place up in a moment, or has just taken it
            }
        }
    }

    /// <summary>How the server of a state directory is, after a look at what is there now; null if none answers.</summary>
    public static NameServerStatus? Ask(string stateDirectory) => StatusSocket.TryAsk(Path.Combine(stateDirectory, ProcessFile.Verb));

    /// <summary>Serves until it is cancelled, or no endpoint has a name any more.</summary>
    public void ServeUntilIdle(CancellationToken cancellation)
    {
        try
        {
            _service.ServeUntilIdle(cancellation);
        }
        catch (OperationCanceledException)
        {
            // a signal came
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _service.Dispose();
        _driver.Dispose();
    }

    private static DriverNames Open(string stateDirectory, ILogger logger)
    {
        BridgeDriver driver = BridgeDriver.Open(new BridgeDriverOptions { StateDirectory = stateDirectory, Logger = logger });
        try
        {
            return new DriverNames(driver, driver.ServeNames());
        }
        catch
        {
            driver.Dispose();
            throw;
        }
    }
}
