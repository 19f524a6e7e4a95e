using System.Diagnostics;

namespace BridgeNet.TestKit;

/// <summary>Waiting for what another process or the kernel does in its own time: the only place that may.</summary>
public static class Eventually
{
    /// <summary>Far longer than anything here takes, so that a busy machine fails no test.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns as soon as the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within the deadline; the message says what was waited for.</exception>
    public static void Until(Func<bool> condition, TimeSpan deadline, Func<string> what)
    {
        using ManualResetEventSlim never = new();
        for (long start = Stopwatch.GetTimestamp(); !condition(); never.Wait(s_pause))
        {
            if (Stopwatch.GetElapsedTime(start) > deadline)
            {
                throw new TimeoutException($"Waited {deadline.TotalSeconds} s in vain for {what()}");
            }
        }
    }

    /// <inheritdoc cref="Until(Func{bool}, TimeSpan, Func{string})"/>
    public static void Until(Func<bool> condition, TimeSpan deadline, string what) => Until(condition, deadline, () => what);

    /// <inheritdoc cref="Until(Func{bool}, TimeSpan, Func{string})"/>
    public static void Until(Func<bool> condition, string what) => Until(condition, Soon, () => what);
}
