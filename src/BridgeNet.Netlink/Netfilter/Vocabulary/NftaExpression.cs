namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of an expression.</summary>
internal static class NftaExpression
{
    /// <summary>NFTA_EXPR_NAME, string: its kind.</summary>
    public const ushort Name = 1;

    /// <summary>NFTA_EXPR_DATA, nest: the attributes of its kind.</summary>
    public const ushort Data = 2;
}
