namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a set's description.</summary>
internal static class NftaSetDescription
{
    /// <summary>NFTA_SET_DESC_SIZE, u32: the most elements.</summary>
    public const ushort Size = 1;

    /// <summary>NFTA_SET_DESC_CONCAT, nest of NFTA_LIST_ELEM: the fields of the key.</summary>
    public const ushort Concatenation = 2;
}
