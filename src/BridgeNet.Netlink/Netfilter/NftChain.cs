namespace BridgeNet.Netlink.Netfilter;

/// <summary>A chain of rules: a base chain, which packets enter by themselves, or one that rules jump to.</summary>
public sealed record NftChain
{
    /// <summary>Its table.</summary>
    public required NftTableId Table { get; init; }

    /// <summary>1 to 255 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>What a base chain is for; null for others.</summary>
    public NftChainType? Type { get; init; }

    /// <summary>Where packets enter a base chain; null for others.</summary>
    public NftHook? Hook { get; init; }

    /// <summary>What becomes of packets at a base chain's end; null is the kernel's default, accept.</summary>
    public NftPolicy? Policy { get; init; }

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

    /// <summary>Begins a rule of this chain.</summary>
    public NftRuleBuilder Rule() => new(Table, Name);
}
