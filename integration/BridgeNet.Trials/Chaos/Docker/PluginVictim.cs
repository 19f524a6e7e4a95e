using BridgeNet.TestKit;

using Mono.Unix.Native;

namespace BridgeNet.Trials.Chaos.Docker;

/// <summary>The plugin, killed at one of its system calls.</summary>
internal sealed class PluginVictim : Victim
{
    private readonly DockerChaosWorld _world;
    private readonly string _log, _arm;
    private BackgroundProcess _process;

    public PluginVictim(DockerChaosWorld world)
    {
        _world = world;
        _log = world.At("strike.log");
        _arm = world.At("strike.arm");
        _process = Start();
    }

    public override IReadOnlyList<StrikePoint> Measure(Func<CommandResult> operation, int count)
    {
        Arm(0);
        _ = operation().OrThrow();
        int calls = Calls().Length;
        Restart();
        return [.. Spread(calls, count).Select(number => new StrikePoint(number))];
    }

    public override CommandResult Strike(Func<CommandResult> operation, StrikePoint point, out string where)
    {
        Arm(point.Number);
        string[] calls = [];
        CommandResult result = Beside(operation, thread =>
        {
            Eventually.Until(() => _process.HasExited || !thread.IsAlive, TimeSpan.FromMinutes(1), "the plugin's end, or Docker's");
            calls = Calls();
            Restart();
        });
        where = calls.Length < point.Number ? "its end" : $"call {point.Number}, {calls[point.Number - 1]}";
        return result;
    }

    public override void Dispose() => _process.Dispose();

    private string[] Calls() => [.. File.ReadAllLines(_log).Where(line => line[0] is not '=')];

    private void Arm(int number)
    {
        File.WriteAllText($"{_arm}.new", $"{number}\n");
        File.Move($"{_arm}.new", _arm);
    }

    /// <summary>Starts another one when this one is gone, as systemd does: nobody else may hold its ports by then.</summary>
    private void Restart()
    {
        _process.Signal(Signum.SIGTERM); // it kills the plugin
        _ = _process.WaitForExit();
        _process.Dispose();
        File.Delete(_arm);
        _process = Start();
    }

    private BackgroundProcess Start() => _world.StartPlugin(_world.Docker.PluginSocket, _world.Striker, _log, $"@{_arm}", "kill", "-");
}
