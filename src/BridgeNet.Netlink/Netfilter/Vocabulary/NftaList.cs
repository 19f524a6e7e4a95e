namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attribute of which lists are made.</summary>
internal static class NftaList
{
    /// <summary>NFTA_LIST_ELEM, nest: one of the list.</summary>
    public const ushort Item = 1;
}
