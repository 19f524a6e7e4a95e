using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>A folder whose entries are symbolic links that lead nowhere: each is a name and a text, made in one step or not at all.</summary>
internal sealed class LinkFolder : IDisposable
{
    private readonly FileDescriptor _directory;
    private readonly bool _isBorrowed;
    private readonly string _path;
    private readonly string _prefix = "";

    /// <summary>A folder that is there.</summary>
    /// <exception cref="KernelException">As open(2) says.</exception>
    public LinkFolder(string path)
    {
        _path = path;
        _directory = Files.Open(directory: null, path, OpenFlags.ReadOnly | OpenFlags.Directory);
    }

    /// <summary>A folder that may not be there yet.</summary>
    /// <param name="directory">The open directory above, which stays the caller's.</param>
    /// <param name="path">Its path.</param>
    /// <param name="folder">The folder's path below it.</param>
    public LinkFolder(FileDescriptor directory, string path, string folder)
    {
        _directory = directory;
        _isBorrowed = true;
        _path = $"{path}/{folder}";
        _prefix = folder + "/";
    }

    /// <summary>Makes an entry; false if there is one of that name.</summary>
    /// <exception cref="KernelException">As symlink(2) says: ENOENT if the folder is not there.</exception>
    public bool TryMake(string name, string text) => Files.SymbolicLink(_directory, _prefix + name, text);

    /// <summary>An entry's text; null if there is none of that name, or something that is no entry.</summary>
    public string? Read(string name)
    {
        try
        {
            return Files.ReadSymbolicLink(_directory, _prefix + name);
        }
        catch (KernelException error) when (error.Errno is Errno.EINVAL)
        {
            return null;
        }
    }

    /// <summary>Removes an entry; false if there is none of that name.</summary>
    public bool Remove(string name) => Files.Unlink(_directory, _prefix + name);

    /// <summary>The names of all entries, in no order.</summary>
    public IEnumerable<string> Names() =>
        _isBorrowed && !Directory.Exists(_path) ? [] : Directory.EnumerateFileSystemEntries(_path).Select(entry => Path.GetFileName(entry));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isBorrowed)
        {
            _directory.Dispose();
        }
    }
}
