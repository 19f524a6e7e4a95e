using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>What a later process may like to know but can do without: losing a race over a hint, or the hint itself, costs a little time.</summary>
/// <param name="folder">Where the notes are; it is disposed with this.</param>
internal sealed class HintStore(LinkFolder folder) : IDisposable
{
    /// <summary>What was noted under a name; null if nothing was.</summary>
    public string? Read(string name) => folder.Read(name);

    /// <summary>Replaces a note. On a full disk it notes nothing: a missing hint must not stop a detach.</summary>
    /// <exception cref="KernelException">ENOENT if the folder is not there.</exception>
    public void Note(string name, string content)
    {
        _ = folder.Remove(name);
        try
        {
            _ = folder.TryMake(name, content);
        }
        catch (KernelException error) when (error.Errno is Errno.ENOSPC or Errno.EDQUOT)
        {
            // a hint less
        }
    }

    /// <summary>Forgets what was noted; false if nothing was.</summary>
    public bool Forget(string name) => folder.Remove(name);

    /// <summary>The names under which something is noted.</summary>
    public IReadOnlyList<string> List() => [.. folder.Names()];

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
