namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a message about elements.</summary>
internal static class NftaSetElementList
{
    /// <summary>NFTA_SET_ELEM_LIST_TABLE, string: the table.</summary>
    public const ushort Table = 1;

    /// <summary>NFTA_SET_ELEM_LIST_SET, string: the set.</summary>
    public const ushort Set = 2;

    /// <summary>NFTA_SET_ELEM_LIST_ELEMENTS, nest of NFTA_LIST_ELEM: the elements.</summary>
    public const ushort Elements = 3;

    /// <summary>NFTA_SET_ELEM_LIST_SET_ID, u32: the set's number within the transaction.</summary>
    public const ushort SetId = 4;
}
