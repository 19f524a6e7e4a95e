namespace BridgeNet.Netlink.Netfilter;

/// <summary>How values are compared; order is that of the bytes.</summary>
public enum CompareOperator : uint
{
    /// <summary>NFT_CMP_EQ: equal.</summary>
    Equal = 0,

    /// <summary>NFT_CMP_NEQ: not equal.</summary>
    NotEqual = 1,

    /// <summary>NFT_CMP_LT: less.</summary>
    Less = 2,

    /// <summary>NFT_CMP_LTE: less or equal.</summary>
    LessOrEqual = 3,

    /// <summary>NFT_CMP_GT: greater.</summary>
    Greater = 4,

    /// <summary>NFT_CMP_GTE: greater or equal.</summary>
    GreaterOrEqual = 5,
}
