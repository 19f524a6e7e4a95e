using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>What a later process may like to know but can do without: losing a race over a hint, or the hint itself, costs a little time.</summary>
internal sealed class HintStore : IDisposable
{
    private readonly FileDescriptor _directory;
    private readonly bool _isBorrowed;
    private readonly string _path;
    private readonly string _prefix = "";

    public HintStore(string path)
    {
        _path = path;
        _directory = Files.Open(directory: null, path, OpenFlags.ReadOnly | OpenFlags.Directory);
    }

    /// <summary>The notes in a folder, which may not be there yet.</summary>
    /// <param name="directory">The open directory above, which stays the caller's.</param>
    /// <param name="path">Its path.</param>
    /// <param name="folder">The folder's path below it.</param>
    public HintStore(FileDescriptor directory, string path, string folder)
    {
        _directory = directory;
        _isBorrowed = true;
        _path = $"{path}/{folder}";
        _prefix = folder + "/";
    }

    /// <summary>What was noted under a name; null if nothing was.</summary>
    public string? Read(string name) => Files.ReadSymbolicLink(_directory, _prefix + name);

    /// <summary>Notes something in place of what was noted; on a full disk nothing, for whoever gives something back must not be stopped by it.</summary>
    /// <exception cref="KernelException">ENOENT if the folder is not there.</exception>
    public void Note(string name, string content)
    {
        _ = Files.Unlink(_directory, _prefix + name);
        try
        {
            _ = Files.SymbolicLink(_directory, _prefix + name, content);
        }
        catch (KernelException error) when (error.Errno is Errno.ENOSPC or Errno.EDQUOT)
        {
            // a hint less
        }
    }

    /// <summary>Forgets what was noted; false if nothing was.</summary>
    public bool Forget(string name) => Files.Unlink(_directory, _prefix + name);

    /// <summary>The names under which something is noted.</summary>
    public IReadOnlyList<string> List() =>
        _isBorrowed && !Directory.Exists(_path) ? [] : [.. Directory.EnumerateFileSystemEntries(_path).Select(entry => Path.GetFileName(entry))];

    public void Dispose()
    {
        if (!_isBorrowed)
        {
            _directory.Dispose();
        }
    }
}
