namespace BridgeNet.Netlink.Netfilter;

/// <summary>A table: chains, sets and objects under one name.</summary>
public sealed record NftTable
{
    /// <summary>What names it.</summary>
    public required NftTableId Id { get; init; }

    /// <summary>What is special about it.</summary>
    public NftTableFlags Flags { get; init; }

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
}
