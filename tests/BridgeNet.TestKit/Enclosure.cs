using Mono.Unix.Native;

namespace BridgeNet.TestKit;

/// <summary>A shell script in a namespace, with mounts and process numbers of its own: what it mounts and whatever it starts ends with it.</summary>
internal sealed class Enclosure : IDisposable
{
    private readonly BackgroundProcess _process;
    private bool _disposed;

    public Enclosure(Netns place, string script, params IEnumerable<string> arguments) =>
        _process = place.Start("unshare", ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-ec", script, "sh", .. arguments]);

    /// <inheritdoc cref="BackgroundProcess.Until"/>
    public void Until(Func<bool> condition, string what) => _process.Until(condition, what);

    /// <summary>Runs a program to its end inside: with the mounts, processes and network that the script has.</summary>
    public CommandResult Run(string program, params IEnumerable<string> arguments) => Run(program, arguments, input: null);

    /// <summary>The same, with something to read.</summary>
    public CommandResult Run(string program, IEnumerable<string> arguments, string? input) =>
        Programs.Run("nsenter", ["--target", $"{FirstProcess}", "--mount", "--pid", "--net", Programs.Require(program), .. arguments], input);

    /// <summary>Runs a program of the inside's own root, by its path there.</summary>
    public CommandResult RunOwn(string path, params IEnumerable<string> arguments) => RunOwn(path, arguments, input: null);

    /// <summary>The same, with something to read.</summary>
    public CommandResult RunOwn(string path, IEnumerable<string> arguments, string? input, TimeSpan? limit = null) =>
        Programs.Run("nsenter", ["--target", $"{FirstProcess}", "--mount", "--pid", "--net", path, .. arguments], input, limit);

    /// <summary>Asks the program that the script became to end, and waits until nothing of it is left.</summary>
    public void Stop()
    {
        Signal(Signum.SIGTERM);
        _process.WaitForExit();
        Dispose();
    }

    /// <summary>Ends it without asking. The first process is not gone before all the others are, and unshare waits for it.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        if (!_process.HasExited && Signal(Signum.SIGKILL))
        {
            _ = _process.WaitForExit();
        }
        _process.Dispose();
    }

    public override string ToString() => _process.ToString();

    /// <summary>Signals the first process of the new numbering; false if there is none yet.</summary>
    private bool Signal(Signum signal) => First is { } first && Syscall.kill(first, signal) == 0;

    /// <summary>The first process of the new numbering, by its number outside.</summary>
    public int FirstProcess => First ?? throw new InvalidOperationException($"nothing runs inside: {this}");

    private int? First => int.TryParse(File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children").Trim(), out int first) ? first : null;
}
