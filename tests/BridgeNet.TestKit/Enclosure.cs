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
    private bool Signal(Signum signal)
    {
        string children = File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children");
        return int.TryParse(children.Trim(), out int first) && Syscall.kill(first, signal) == 0;
    }
}
