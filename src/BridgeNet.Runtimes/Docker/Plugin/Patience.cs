using System.Diagnostics;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>
/// Tries something again for a while that is taken. Docker sends nothing when a container died with its daemon: what it had is free once the kernel
/// has taken its namespace down. And an error about a port ends a container for good that is to restart always.
/// </summary>
/// <param name="driver">The driver.</param>
internal sealed class Patience(BridgeDriver driver)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _collecting = new();

    /// <summary>Tries something again, and collects the endpoints of dead containers, while it is taken.</summary>
    /// <param name="action">What is tried.</param>
    /// <param name="isTaken">Whether an error of it says that something is taken.</param>
    public async Task<T> TryAsync<T>(Func<T> action, Func<BridgeNetException, bool> isTaken)
    {
        long start = Stopwatch.GetTimestamp();
        using PeriodicTimer pause = new(s_pause);
        while (true)
        {
            try
            {
                return action();
            }
            catch (BridgeNetException error) when (isTaken(error) && Stopwatch.GetElapsedTime(start) < s_longest)
            {
                CollectGarbage();
            }
            _ = await pause.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    /// <summary>One collection at a time serves all who wait.</summary>
    private void CollectGarbage()
    {
        if (!_collecting.TryEnter())
        {
            return;
        }
        try
        {
            _ = driver.CollectGarbage();
        }
        catch (TeardownException)
        {
            // what is in the way then is told by the next try
        }
        finally
        {
            _collecting.Exit();
        }
    }
}
