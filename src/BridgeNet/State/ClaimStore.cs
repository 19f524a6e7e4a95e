using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>
/// Things that one owner has at a time: names, addresses. A claim is a symbolic link whose target is the owner's id,
/// because making one is a single step that fails if it is there, and that writes the owner in the same step.
/// </summary>
internal sealed class ClaimStore : IDisposable
{
    private readonly FileDescriptor _directory;
    private readonly string _path;

    public ClaimStore(string path)
    {
        _path = path;
        _directory = Files.Open(directory: null, path, OpenFlags.ReadOnly | OpenFlags.Directory);
    }

    /// <summary>Takes a thing for an owner; false if somebody has it.</summary>
    public bool TryClaim(string thing, string owner) => Files.SymbolicLink(_directory, thing, owner);

    /// <summary>Who has a thing; null if nobody has.</summary>
    public string? OwnerOf(string thing) => Files.ReadSymbolicLink(_directory, thing);

    /// <summary>Gives a thing back, if it is the owner's.</summary>
    public void Release(string thing, string owner)
    {
        if (string.Equals(OwnerOf(thing), owner, StringComparison.Ordinal))
        {
            _ = Files.Unlink(_directory, thing);
        }
    }

    /// <summary>All claims. What is in the directory under a name that begins with a dot is something else.</summary>
    public IReadOnlyList<(string Thing, string Owner)> List()
    {
        List<(string, string)> claims = [];
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

    public void Dispose() => _directory.Dispose();
}
