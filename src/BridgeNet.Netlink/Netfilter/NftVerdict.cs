namespace BridgeNet.Netlink.Netfilter;

/// <summary>What becomes of a packet.</summary>
/// <param name="Code">Which.</param>
/// <param name="Chain">Where to jump or go; null for others.</param>
public readonly record struct NftVerdict(NftVerdictCode Code, string? Chain = null)
{
    /// <summary>It goes on to the next base chain.</summary>
    public static NftVerdict Accept => new(NftVerdictCode.Accept);

    /// <summary>It is dropped.</summary>
    public static NftVerdict Drop => new(NftVerdictCode.Drop);

    /// <summary>Back to where the chain was entered.</summary>
    public static NftVerdict Return => new(NftVerdictCode.Return);

    /// <summary>The next rule.</summary>
    public static NftVerdict Continue => new(NftVerdictCode.Continue);

    /// <summary>A chain, and back after it.</summary>
    public static NftVerdict Jump(string chain) => new(NftVerdictCode.Jump, chain);

    /// <summary>A chain, and not back.</summary>
    public static NftVerdict Goto(string chain) => new(NftVerdictCode.Goto, chain);
}
