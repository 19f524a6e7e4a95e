using System.Collections.Concurrent;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>What was seen of each behaviour, on one release of Docker.</summary>
internal sealed class Observations
{
    private const int AtOnce = 3;

    private static readonly ConcurrentDictionary<DockerGeneration, Lazy<Observations>> s_all = new();

    private readonly DockerGeneration _generation;
    private readonly ConcurrentDictionary<string, string> _docker = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _ours = new(StringComparer.Ordinal);

    private Observations(DockerGeneration generation)
    {
        _generation = generation;
        using PluginWorld world = new(generation);
        using BackgroundProcess outside = Reachability.ServeOutside(world);
        Observe(new Stage(world, "bridge"), _docker, row => row.Docker);
        Observe(new Stage(world, "bridgenet"), _ours, row => row.Ours);
    }

    /// <summary>Those of a release, which are made once.</summary>
    public static Observations Of(DockerGeneration generation) =>
        s_all.GetOrAdd(generation, one => new Lazy<Observations>(() => new Observations(one))).Value;

    /// <summary>What was seen on Docker's own network, and on ours.</summary>
    public (string Docker, string Ours) Seen(string behaviour) => (_docker[behaviour], _ours[behaviour]);

    private void Observe(Stage stage, ConcurrentDictionary<string, string> seen, Func<ComparisonRow, string> column)
    {
        StageSetUp.MakeNetworks(stage);
        StageSetUp.StartContainers(stage);
        Parallel.ForEach(
            Behaviours.Beside.Where(one => one.IsIn(_generation)), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, ObserveOne);
        foreach (Behaviour behaviour in Behaviours.InTurn.Where(one => one.IsIn(_generation)))
        {
            ObserveOne(behaviour);
        }
        StageSetUp.Clear(stage);

        void ObserveOne(Behaviour behaviour)
        {
            string? expected = ComparisonTable.Find(behaviour.Name) is { } row ? ComparisonRow.Of(column(row), _generation) : null;
            seen[behaviour.Name] = stage.Observe(behaviour, expected);
        }
    }
}
