using System.Diagnostics;

using BridgeNet.TestKit;

namespace BridgeNet.Trials.Chaos.Docker;

/// <summary>dockerd, alone or with its containers, killed at a moment of its talk with the plugin, or in between.</summary>
internal sealed class DaemonVictim : Victim
{
    private readonly DockerChaosWorld _world;
    private readonly bool _isPowerCut;
    private readonly BackgroundProcess _plugin;
    private readonly PluginProxy _proxy;
    private readonly Lock _lock = new();
    private readonly List<string> _moments = [];
    private int _wanted;
    private string? _struck;

    public DaemonVictim(DockerChaosWorld world, bool isPowerCut)
    {
        _world = world;
        _isPowerCut = isPowerCut;
        string socket = world.At("plugin.sock");
        _plugin = world.StartPlugin(socket);
        _proxy = new PluginProxy(world.Docker.PluginSocket, socket, Hear);
    }

    public override IReadOnlyList<StrikePoint> Measure(Func<CommandResult> operation, int count)
    {
        Arm(0);
        long start = Stopwatch.GetTimestamp();
        _ = operation().OrThrow();
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        int moments = Math.Min(_moments.Count, count), between = count - moments;
        return
        [
            .. Spread(_moments.Count, moments).Select(number => new StrikePoint(number)),
            .. Enumerable.Range(1, between).Select(number => new StrikePoint(0, took * number / (between + 1))),
        ];
    }

    public override CommandResult Strike(Func<CommandResult> operation, StrikePoint point, out string where)
    {
        Arm(point.Number);
        CommandResult result = Beside(operation, thread =>
        {
            if (point.Number == 0)
            {
                _ = thread.Join(point.After);
                Kill($"{point.After.TotalMilliseconds:F0} ms");
            }
            Eventually.Until(() => _struck is not null || !thread.IsAlive, TimeSpan.FromMinutes(1), "the daemon's end, or the command's");
            Kill("its end");
            if (_isPowerCut)
            {
                _world.Docker.StartAgain();
            }
            else
            {
                _world.Docker.WaitUntilReady();
            }
        });
        where = _struck!;
        return result;
    }

    public override void Dispose()
    {
        _proxy.Dispose();
        _plugin.Dispose();
    }

    private void Arm(int number)
    {
        lock (_lock)
        {
            _moments.Clear();
            _wanted = number;
            _struck = null;
        }
    }

    /// <summary>Kills at the moment that is wanted.</summary>
    private bool Hear(string moment)
    {
        lock (_lock)
        {
            _moments.Add(moment);
            if (_moments.Count != _wanted)
            {
                return true;
            }
        }
        Kill(moment);
        return false;
    }

    /// <summary>Kills unless that is done.</summary>
    private void Kill(string where)
    {
        lock (_lock)
        {
            if (_struck is not null)
            {
                return;
            }
            if (_isPowerCut)
            {
                _world.Docker.Kill();
            }
            else
            {
                _world.Docker.KillAlone();
            }
            _struck = where;
        }
    }
}
