using BridgeNet.TestKit;

namespace BridgeNet.Trials.Chaos;

/// <summary>A world in whose host the binary is struck.</summary>
internal sealed class ChaosWorld : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly World _world = new(containers: 3);
    private readonly string _binary;
    private readonly string _striker;

    public ChaosWorld(string binary, string striker)
    {
        _binary = binary;
        _striker = striker;
        State = _scratch.At("bridgenet-state");
        foreach (Netns container in Containers)
        {
            container.RunOk("ip link set lo up"); // as it is from the first attach on
        }
    }

    /// <summary>The state directory.</summary>
    public string State { get; }

    /// <summary>A directory for what else is needed.</summary>
    public string Scratch => _scratch.Path;

    public Netns Host => _world.Host;

    public IReadOnlyList<Netns> Containers => _world.Containers;

    /// <summary>The containers that the scenario uses.</summary>
    public IReadOnlyList<Netns> Used { get; set; } = [];

    /// <summary>Does a step that nothing disturbs.</summary>
    public CommandResult Run(Step step) => Execute(step, []);

    /// <summary>Does a step and strikes at one of its calls.</summary>
    /// <param name="step">The step.</param>
    /// <param name="marker">The path in whose first use the count begins.</param>
    /// <param name="number">The call's number, from 1; 0 strikes nowhere.</param>
    /// <param name="action">"kill", or the number of an error.</param>
    /// <param name="calls">The calls that were made, the one struck included.</param>
    public CommandResult Strike(Step step, string marker, int number, string action, out string[] calls)
    {
        string log = _scratch.At("strike.log");
        CommandResult result = Execute(step, [_striker, log, $"{number}", action, marker]);
        calls = [.. File.ReadAllLines(log).Where(line => !line.StartsWith('='))];
        return result;
    }

    public void Dispose()
    {
        _world.Dispose();
        _scratch.Dispose();
    }

    private CommandResult Execute(Step step, string[] before) => Programs.Run(
        "nsenter",
        [
            $"--net={Host.Path}", "env", .. step.Environment, .. before, _binary, .. step.Environment.Length == 0
                ? ["--state-dir", State]
                : Array.Empty<string>(), .. step.Arguments,
        ],
        step.Input);
}
