using BridgeNet.TestKit;

namespace BridgeNet.Trials.Chaos.Docker;

/// <summary>
/// Kills the plugin or the daemon at points of an operation, lets the user finish it, and looks: Docker and the plugin must say the same, ports must
/// answer, and nothing may be left once the container is removed.
/// </summary>
internal sealed class DockerChaosRun : IDisposable
{
    private readonly string _striker;
    private readonly string _victim;
    private readonly DockerOperation _operation;
    private readonly List<string> _failures = [];
    private DockerChaosWorld _world;
    private int _kills, _whole, _undone, _abandoned;

    public DockerChaosRun(string striker, string victim, DockerOperation operation)
    {
        _striker = striker;
        _victim = victim;
        _operation = operation;
        _world = new DockerChaosWorld(striker, Victim.All[victim]);
    }

    /// <summary>Strikes.</summary>
    /// <param name="count">At how many points.</param>
    /// <param name="failed">Hears of what does not fit as it happens.</param>
    public DockerChaosResult Run(int count, Action<string>? failed = null)
    {
        Prepare();
        IReadOnlyList<StrikePoint> points = _world.Victim.Measure(Command, count);
        _world.WaitUntilFit(_operation.Networks);
        _ = _world.CleanUp();
        foreach (StrikePoint point in points)
        {
            string where = "the preparation";
            try
            {
                Prepare();
                CommandResult said = _world.Victim.Strike(Command, point, out where);
                _kills++;
                Judge(said);
            }
            catch (Exception error) when (error is CommandFailedException or InvalidOperationException or TimeoutException)
            {
                _failures.Add($"{_operation.Name}, {_victim} killed at {where}:\n      {error.Message}");
                failed?.Invoke(_failures[^1]);
                _world.Dispose();
                _world = new DockerChaosWorld(_striker, Victim.All[_victim]);
            }
        }
        _world.TakeDown();
        return new DockerChaosResult(_operation.Name, _victim, points.Count, _kills, _whole, _undone, _abandoned, _failures);
    }

    public void Dispose() => _world.Dispose();

    private CommandResult Command() => _world.Docker.Run(_operation.Command);

    private void Prepare()
    {
        if (_operation.BeginsRunning)
        {
            _ = DockerOperation.GetRunning(_world);
            _world.WaitUntilFit([DockerChaosWorld.Network]);
        }
    }

    private void Judge(CommandResult said)
    {
        bool isFinished = !_operation.Finish(_world, said);
        _world.WaitUntilFit(_operation.Networks);
        _abandoned += _world.CleanUp();
        if (isFinished)
        {
            _whole++;
        }
        else
        {
            _undone++;
        }
    }
}
