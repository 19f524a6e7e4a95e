namespace BridgeNet.Netlink.Netfilter;

/// <summary>What becomes of a packet.</summary>
public enum NftVerdictCode : int
{
    /// <summary>NF_DROP: it is dropped.</summary>
    Drop = 0,

    /// <summary>NF_ACCEPT: it goes on to the next base chain.</summary>
    Accept = 1,

    /// <summary>NFT_CONTINUE: the next rule.</summary>
    Continue = -1,

    /// <summary>NFT_BREAK: the next rule; no further expression of this one.</summary>
    Break = -2,

    /// <summary>NFT_JUMP: a chain, and back after it.</summary>
    Jump = -3,

    /// <summary>NFT_GOTO: a chain, and not back.</summary>
    Goto = -4,

    /// <summary>NFT_RETURN: back to where the chain was entered, or the policy.</summary>
    Return = -5,
}
