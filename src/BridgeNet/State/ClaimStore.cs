using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>
/// Things that one owner has at a time: names, addresses. A claim is a symbolic link whose target is the owner's id,
/// because making one is a single step that fails if it is there, and that writes the owner in the same step.
/// </summary>
internal sealed class ClaimStore : IDisposable
{
    private readonly FileDescriptor _directory;
    private readonly bool _isBorrowed;
    private readonly string _path;
    private readonly string _prefix = "";

    public ClaimStore(string path)
    {
        _path = path;
        _directory = Files.Open(directory: null, path, OpenFlags.ReadOnly | OpenFlags.Directory);
    }

    /// <summary>The claims in a folder, which may not be there yet.</summary>
    /// <param name="directory">The open directory above, which stays the caller's.</param>
    /// <param name="path">Its path.</param>
    /// <param name="folder">The folder's name.</param>
    public ClaimStore(FileDescriptor directory, string path, string folder)
    {
        _directory = directory;
        _isBorrowed = true;
        _path = $"{path}/{folder}";
        _prefix = folder + "/";
    }

    /// <summary>Takes a thing for an owner; false if somebody has it.</summary>
    /// <exception cref="KernelException">ENOENT if the folder is not there.</exception>
    public bool TryClaim(string thing, string owner) => Files.SymbolicLink(_directory, _prefix + thing, owner);

    /// <summary>Who has a thing; null if nobody has.</summary>
    public string? OwnerOf(string thing) => Files.ReadSymbolicLink(_directory, _prefix + thing);

    /// <summary>Gives a thing back, if it is the owner's.</summary>
    public void Release(string thing, string owner)
    {
        if (string.Equals(OwnerOf(thing), owner, StringComparison.Ordinal))
        {
            _ = Files.Unlink(_directory, _prefix + thing);
        }
    }

    /// <summary>All claims. What is in the directory under a name that begins with a dot is something else.</summary>
    public IReadOnlyList<(string Thing, string Owner)> List()
    {
        List<(string, string)> claims = [];
        if (_isBorrowed && !Directory.Exists(_path))
        {
            return claims;
        }
        foreach (string path in Directory.EnumerateFileSystemEntries(_path))
        {
            string thing = Path.GetFileName(path);
            if (!thing.StartsWith('.') && OwnerOf(thing) is { } owner)
            {
                claims.Add((thing, owner));
            }
        }
        return claims;
    }

    public void Dispose()
    {
        if (!_isBorrowed)
        {
            _directory.Dispose();
        }
    }
}
