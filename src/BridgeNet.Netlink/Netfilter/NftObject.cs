namespace BridgeNet.Netlink.Netfilter;

/// <summary>An object with a name and a state, which rules refer to.</summary>
public abstract record NftObject
{
    private protected NftObject()
    {
    }

    /// <summary>Its table.</summary>
    public required NftTableId Table { get; init; }

    /// <summary>1 to 255 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>What its creator noted on it.</summary>
    public NftUserData UserData { get; init; }

    /// <summary>The comment in <see cref="UserData"/>.</summary>
    public string? Comment
    {
        get => UserData.Comment;
        init => UserData = NftUserData.OfComment(value);
    }

    /// <summary>The number that the kernel gave it; null before it has.</summary>
    public ulong? Handle { get; init; }

    /// <summary>Its kind.</summary>
    public abstract NftObjectType Type { get; }

    /// <summary>Writes the attributes of its kind.</summary>
    internal abstract void WriteData(Wire.NetlinkWriter writer);
}
