using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>What a later process may like to know but can do without: losing a race over a hint, or the hint itself, costs a little time.</summary>
internal sealed class HintStore(string path) : IDisposable
{
    private readonly FileDescriptor _directory = Files.Open(directory: null, path, OpenFlags.ReadOnly | OpenFlags.Directory);

    /// <summary>What was noted under a name; null if nothing was.</summary>
    public string? Read(string name) => Files.ReadSymbolicLink(_directory, name);

    /// <summary>Notes something in place of what was noted; on a full disk nothing, for whoever gives something back must not be stopped by it.</summary>
    public void Note(string name, string content)
    {
        _ = Files.Unlink(_directory, name);
        try
        {
            _ = Files.SymbolicLink(_directory, name, content);
        }
        catch (KernelException error) when (error.Errno is Errno.ENOSPC or Errno.EDQUOT)
        {
            // a hint less
        }
    }

    /// <summary>Forgets what was noted; false if nothing was.</summary>
    public bool Forget(string name) => Files.Unlink(_directory, name);

    /// <summary>The names under which something is noted.</summary>
    public IReadOnlyList<string> List() => [.. Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry))];

    public void Dispose() => _directory.Dispose();
}
