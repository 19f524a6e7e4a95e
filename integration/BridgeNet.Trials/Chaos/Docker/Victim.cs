using BridgeNet.TestKit;

namespace BridgeNet.Trials.Chaos.Docker;

/// <summary>What is killed while Docker does something, and started again.</summary>
internal abstract class Victim : IDisposable
{
    /// <summary>What there is, by name.</summary>
    public static IReadOnlyDictionary<string, Func<DockerChaosWorld, Victim>> All { get; } =
        new Dictionary<string, Func<DockerChaosWorld, Victim>>(StringComparer.Ordinal)
        {
            ["plugin"] = world => new PluginVictim(world),
            ["dockerd"] = world => new DaemonVictim(world, isPowerCut: false),
            ["power"] = world => new DaemonVictim(world, isPowerCut: true),
        };

    /// <summary>Lets Docker do something that nothing disturbs, and looks at what points it can be struck.</summary>
    /// <param name="operation">What Docker does.</param>
    /// <param name="count">How many points there are to be.</param>
    public abstract IReadOnlyList<StrikePoint> Measure(Func<CommandResult> operation, int count);

    /// <summary>Kills at a point, starts again and waits for what Docker says; what ends before the point is struck at its end.</summary>
    /// <param name="operation">What Docker does.</param>
    /// <param name="point">Where.</param>
    /// <param name="where">Where in fact, for people.</param>
    public abstract CommandResult Strike(Func<CommandResult> operation, StrikePoint point, out string where);

    public abstract void Dispose();

    /// <summary>Does something, and something else meanwhile.</summary>
    protected static CommandResult Beside(Func<CommandResult> operation, Action<Thread> meanwhile)
    {
        CommandResult? result = null;
        Thread thread = new(() => result = operation());
        thread.Start();
        meanwhile(thread);
        thread.Join();
        return result!;
    }

    /// <summary>Numbers from 1 to a last one, spread evenly.</summary>
    protected static IEnumerable<int> Spread(int last, int count) =>
        Enumerable.Range(0, count).Select(i => count < 2 ? 1 : 1 + (int)Math.Round((double)i * (last - 1) / (count - 1))).Distinct();
}
