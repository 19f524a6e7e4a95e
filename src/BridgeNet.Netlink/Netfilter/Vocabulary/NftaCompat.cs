namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expressions "match" and "target".</summary>
internal static class NftaCompat
{
    /// <summary>NFTA_MATCH_NAME | NFTA_TARGET_NAME, string: the extension.</summary>
    public const ushort Name = 1;

    /// <summary>NFTA_MATCH_REV | NFTA_TARGET_REV, u32: its revision.</summary>
    public const ushort Revision = 2;

    /// <summary>NFTA_MATCH_INFO | NFTA_TARGET_INFO, bytes: what it was told, in a struct of its own.</summary>
    public const ushort Information = 3;
}
