using System.Globalization;

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
        calls = [.. File.ReadAllLines(log).Where(line => line[0] is not ('=' or '!'))];
        return result;
    }

    /// <summary>Does a step, and others while it is stopped at one of its calls.</summary>
    /// <param name="step">The step.</param>
    /// <param name="marker">The path in whose first use the count begins.</param>
    /// <param name="number">The call's number, from 1.</param>
    /// <param name="beside">What is done there, one after the other; what waits for the step ends after it.</param>
    /// <param name="calls">The calls that were made.</param>
    /// <param name="status">With what the others ended; null if the step made no such call.</param>
    public CommandResult StopFor(Step step, string marker, int number, IReadOnlyList<Step> beside, out string[] calls, out int? status)
    {
        string commands = string.Join(
            " && ", beside.Select(other => string.Join(' ', other.Arguments.Prepend(State).Prepend("--state-dir").Prepend(_binary).Select(Quoted))));
        string log = _scratch.At("strike.log"), output = _scratch.At("beside.log");
        CommandResult result = Execute(
            step, ["env", $"STRIKE_BESIDE=({commands}) > {output} 2>&1", _striker, log, $"{number}", "beside", marker]);
        string[] lines = File.ReadAllLines(log);
        calls = [.. lines.Where(line => line[0] is not ('=' or '!'))];
        status = Array.Find(lines, line => line[0] is '!') is { } ended ? int.Parse(ended[2..], CultureInfo.InvariantCulture) : null;
        return status is null or 0 ? result : result with { Errors = $"{result.Errors}beside it: {File.ReadAllText(output)}" };
    }

    private static string Quoted(string word) => $"'{word}'";

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
