using System.Diagnostics;

using Mono.Unix.Native;

namespace BridgeNet.TestKit;

/// <summary>A program that runs beside the test, in a process group of its own that dies with it.</summary>
public sealed class BackgroundProcess : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Process _process;
    private readonly string _command;
    private string? _lastOutput;

    /// <summary>Starts it in a namespace. setsid, nsenter and sh each become the next, so the process is the program itself.</summary>
    internal BackgroundProcess(string namespacePath, string program, IReadOnlyList<string> arguments)
    {
        _command = $"{program} {string.Join(' ', arguments)}";
        string log = _scratch.At("log");
        File.WriteAllText(log, "");
        ProcessStartInfo start = new(
            Programs.Require("setsid"),
            [
                Programs.Require("nsenter"), $"--net={namespacePath}", "sh", "-c", """log=$1; shift; exec "$@" </dev/null >>"$log" 2>&1""",
                "sh", log, Programs.Require(program), .. arguments,
            ]);
        start.Environment["LC_ALL"] = "C.UTF-8";
        _process = Process.Start(start)!;
        Id = _process.Id;
    }

    public int Id { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>What it wrote to its standard output and error so far.</summary>
    public string Output => _lastOutput ?? File.ReadAllText(_scratch.At("log"));

    /// <summary>Sends a signal to the program alone.</summary>
    public void Signal(Signum signal) => _ = Syscall.kill(Id, signal);

    /// <summary>Its exit status, once it has ended by itself.</summary>
    /// <exception cref="TimeoutException">It still runs; the message has its output.</exception>
    public int WaitForExit(TimeSpan? deadline = null)
    {
        Eventually.Until(() => _process.HasExited, deadline ?? Eventually.Soon, () => $"the end of {this}");
        return _process.ExitCode;
    }

    /// <summary>Waits for what the program is about to do; its early end is a failure at once.</summary>
    /// <exception cref="CommandFailedException">It ended instead; the message has its output.</exception>
    public void Until(Func<bool> condition, string what) =>
        Eventually.Until(
            () => condition() || (_process.HasExited ? throw new CommandFailedException($"ended before {what}: {this}") : false),
            Eventually.Soon,
            () => $"{what}: {this}");

    /// <summary>Kills it and its children of the same group, and waits until it is gone.</summary>
    public void Dispose()
    {
        if (_lastOutput is not null)
        {
            return;
        }
        _ = Syscall.kill(-Id, Signum.SIGKILL);
        if (!_process.HasExited)
        {
            _ = Syscall.kill(Id, Signum.SIGKILL); // before it has a group of its own
        }
        _process.WaitForExit();
        _lastOutput = Output;
        _process.Dispose();
        _scratch.Dispose();
    }

    public override string ToString() => $"{_command} (process {Id})\n{Output.TrimEnd()}";
}
