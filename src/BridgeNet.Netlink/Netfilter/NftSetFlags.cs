namespace BridgeNet.Netlink.Netfilter;

/// <summary>What is special about a set. That it is a map or has ranges of concatenations follows from its types.</summary>
[Flags]
public enum NftSetFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>NFT_SET_ANONYMOUS: it belongs to the rule that names it and ends with it.</summary>
    Anonymous = 0x1,

    /// <summary>NFT_SET_CONSTANT: its elements stay as they are once a rule uses it.</summary>
    Constant = 0x2,

    /// <summary>NFT_SET_INTERVAL: its elements are ranges.</summary>
    Interval = 0x4,

    /// <summary>NFT_SET_TIMEOUT: its elements may end by themselves.</summary>
    Timeout = 0x10,

    /// <summary>NFT_SET_EVAL: rules may add elements.</summary>
    Dynamic = 0x20,
}
