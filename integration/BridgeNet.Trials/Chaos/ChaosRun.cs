using BridgeNet.TestKit;

namespace BridgeNet.Trials.Chaos;

/// <summary>
/// Strikes at every call of a verb: kills it there, or gives the call an error. Then what puts things right is done, and the host must be as before
/// or the operation whole; where it was undone, the verb must succeed the next time.
/// </summary>
internal sealed class ChaosRun : IDisposable
{
    /// <summary>ENOBUFS, ENOMEM, ENOSPC, EINTR, EBUSY.</summary>
    private static readonly (string Name, string Number)[] s_errors =
        [("ENOBUFS", "105"), ("ENOMEM", "12"), ("ENOSPC", "28"), ("EINTR", "4"), ("EBUSY", "16")];

    private readonly string _binary;
    private readonly string _striker;
    private readonly List<string> _failures = [];
    private readonly Func<ChaosWorld, Scenario> _make;
    private Action<string>? _failed;
    private ChaosWorld _world = null!;
    private Scenario _scenario = null!;
    private string[] _before = [], _after = [];
    private int _kills, _errors, _undone, _whole;

    public ChaosRun(string binary, string striker, Func<ChaosWorld, Scenario> make)
    {
        _binary = binary;
        _striker = striker;
        _make = make;
    }

    /// <summary>Strikes.</summary>
    /// <param name="killStep">It is killed at every so manieth call.</param>
    /// <param name="errorStep">Every so manieth call is given each of the errors.</param>
    /// <param name="failed">Hears of what did not recover as it happens.</param>
    public ChaosResult Run(int killStep = 1, int errorStep = 1, Action<string>? failed = null)
    {
        _failed = failed;
        Begin();
        int calls = Measure();
        foreach ((string name, string action) in s_errors.Prepend(("SIGKILL", "kill")))
        {
            int step = action is "kill" ? killStep : errorStep;
            for (int number = 1 + (_errors % step); number <= calls; number += step) // so that each error begins elsewhere
            {
                Strike(number, name, action);
            }
        }
        return new ChaosResult(_scenario.Verb, calls, _kills, _errors, _undone, _whole, _failures);
    }

    /// <summary>Stops the verb at its calls, one after the other, for others beside it. Both must succeed and the operation be whole.</summary>
    /// <param name="beside">The others, in a world; together they change nothing.</param>
    /// <param name="step">It stops at every so manieth call.</param>
    /// <param name="failed">Hears of what went wrong as it happens.</param>
    public ChaosResult RunBeside(Func<ChaosWorld, Step[]> beside, int step = 1, Action<string>? failed = null)
    {
        _failed = failed;
        Begin();
        int calls = Measure();
        for (int number = 1; number <= calls; number += step)
        {
            StopFor(number, beside(_world));
        }
        return new ChaosResult(_scenario.Verb, calls, _kills, _errors, _undone, _whole, _failures);
    }

    public void Dispose() => End();

    private void Begin()
    {
        _world = new ChaosWorld(_binary, _striker);
        _scenario = _make(_world);
        _world.Used = [.. _world.Containers.Take(_scenario.Containers)];
        Do(_scenario.Prepare);
        Damage();
        _before = HostSnapshot.Of(_world);
    }

    private void End()
    {
        _scenario?.Companion?.Dispose();
        _world?.Dispose();
    }

    /// <returns>How many calls the verb makes when nothing disturbs it.</returns>
    private int Measure()
    {
        _world.Strike(_scenario.Struck, _scenario.Marker, 0, "kill", out string[] calls).OrThrow();
        _after = HostSnapshot.Of(_world);
        if (_before.SequenceEqual(_after, StringComparer.Ordinal))
        {
            throw new InvalidOperationException($"{_scenario.Verb}: it does nothing, so nothing can be learnt of striking it");
        }
        Do(_scenario.Undo);
        Damage();
        string[] again = HostSnapshot.Of(_world);
        return _before.SequenceEqual(again, StringComparer.Ordinal)
            ? calls.Length
            : throw new InvalidOperationException($"{_scenario.Verb}: the way back does not lead back:\n{HostSnapshot.Difference(_before, again)}");
    }

    private void Strike(int number, string name, string action)
    {
        CommandResult struck = _world.Strike(_scenario.Struck, _scenario.Marker, number, action, out string[] calls);
        if (calls.Length < number)
        {
            Do(_scenario.Undo); // it came to its end without so many calls
            Damage();
            return;
        }
        if (action is "kill")
        {
            _kills++;
        }
        else
        {
            _errors++;
        }
        string where = $"{_scenario.Verb}: {name} at call {number}, {calls[number - 1]}";
        try
        {
            Judge(struck, action, where);
        }
        catch (Exception error) when (error is CommandFailedException or InvalidOperationException)
        {
            _failures.Add($"{where}; it said: {struck.Errors.Trim()}\n      {error.Message}");
            _failed?.Invoke(_failures[^1]);
            End();
            Begin();
        }
    }

    private void StopFor(int number, Step[] beside)
    {
        CommandResult stopped = _world.StopFor(_scenario.Struck, _scenario.Marker, number, beside, out string[] calls, out int? status);
        string where = $"{_scenario.Verb}: {beside[0]} beside call {number}, {calls[Math.Min(number, calls.Length) - 1]}";
        string[] there = HostSnapshot.Of(_world);
        try
        {
            if (stopped.ExitCode != 0 || status is not (null or 0) || !there.SequenceEqual(_after, StringComparer.Ordinal))
            {
                throw new InvalidOperationException(
                    $"exit status {stopped.ExitCode}, beside it {status}; to be whole:\n{HostSnapshot.Difference(there, _after)}");
            }
            _whole++;
            Do(_scenario.Undo);
            Damage();
            string[] back = HostSnapshot.Of(_world);
            if (!back.SequenceEqual(_before, StringComparer.Ordinal))
            {
                throw new InvalidOperationException($"taken back, it leaves:\n{HostSnapshot.Difference(_before, back)}");
            }
        }
        catch (Exception error) when (error is CommandFailedException or InvalidOperationException)
        {
            _failures.Add($"{where}; it said: {stopped.Errors.Trim()}\n      {error.Message}");
            _failed?.Invoke(_failures[^1]);
            End();
            Begin();
        }
    }

    private void Judge(CommandResult struck, string action, string where)
    {
        bool hadNoLibrary = struck.Errors.Contains("libssl", StringComparison.Ordinal); // .NET aborts where OpenSSL cannot be read: as good as killed
        if (action is not "kill" && !hadNoLibrary && (struck.ExitCode > 2 || struck.Errors.Contains("Unhandled", StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"it crashed with exit status {struck.ExitCode}: {struck.Errors}");
        }
        Do(_scenario.Recover, _scenario.MayFindNothing);
        string[] there = HostSnapshot.Of(_world);
        if (there.SequenceEqual(_before, StringComparer.Ordinal))
        {
            _undone++;
            Do([_scenario.Struck]);
        }
        else if (there.SequenceEqual(_after, StringComparer.Ordinal))
        {
            _whole++;
            if (_scenario.IsIdempotent)
            {
                Do([_scenario.Struck]);
            }
        }
        else
        {
            throw new InvalidOperationException(
                $"it is neither as before nor whole; since before:\n{HostSnapshot.Difference(_before, there)}\n      to be "
                    + $"whole:\n{HostSnapshot.Difference(there, _after)}");
        }
        Do(_scenario.Undo);
        Damage();
        string[] back = HostSnapshot.Of(_world);
        if (!back.SequenceEqual(_before, StringComparer.Ordinal))
        {
            throw new InvalidOperationException($"{where}: taken back, it leaves:\n{HostSnapshot.Difference(_before, back)}");
        }
    }

    private void Do(IEnumerable<Step> steps, bool mayFail = false)
    {
        foreach (Step step in steps)
        {
            CommandResult result = _world.Run(step);
            if (!mayFail)
            {
                _ = result.OrThrow();
            }
        }
    }

    private void Damage()
    {
        if (_scenario.Damage is { } damage)
        {
            _ = _world.Host.RunOk(damage);
        }
    }
}
