namespace BridgeNet.State;

/// <summary>
/// Things that one owner has at a time: names, addresses. A claim is a symbolic link whose target is the owner's id,
/// because making one is a single step that fails if it is there, and that writes the owner in the same step.
/// </summary>
/// <param name="folder">Where the claims are; it is disposed with this.</param>
internal sealed class ClaimStore(LinkFolder folder) : IDisposable
{
    /// <summary>Takes a thing for an owner; false if somebody has it.</summary>
    /// <exception cref="KernelException">ENOENT if the folder is not there.</exception>
    public bool TryClaim(string thing, string owner) => folder.TryMake(thing, owner);

    /// <summary>Who has a thing; null if nobody has.</summary>
    public string? OwnerOf(string thing) => folder.Read(thing);

    /// <summary>Gives a thing back, if it is the owner's.</summary>
    public void Release(string thing, string owner)
    {
        if (string.Equals(OwnerOf(thing), owner, StringComparison.Ordinal))
        {
            _ = folder.Remove(thing);
        }
    }

    /// <summary>All claims. What is in the directory under a name that begins with a dot is something else.</summary>
    public IReadOnlyList<(string Thing, string Owner)> List()
    {
        List<(string, string)> claims = [];
        foreach (string thing in folder.Names())
        {
            if (!thing.StartsWith('.') && OwnerOf(thing) is { } owner)
            {
                claims.Add((thing, owner));
            }
        }
        return claims;
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
