namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of an element.</summary>
internal static class NftaSetElement
{
    /// <summary>NFTA_SET_ELEM_KEY, nest of NFTA_DATA_…: its key, or where its range begins.</summary>
    public const ushort Key = 1;

    /// <summary>NFTA_SET_ELEM_DATA, nest of NFTA_DATA_…: what a map gives for it.</summary>
    public const ushort Data = 2;

    /// <summary>NFTA_SET_ELEM_FLAGS, u32: NFT_SET_ELEM_….</summary>
    public const ushort Flags = 3;

    /// <summary>NFTA_SET_ELEM_TIMEOUT, u64: how long it stays, in milliseconds.</summary>
    public const ushort Timeout = 4;

    /// <summary>NFTA_SET_ELEM_EXPIRATION, u64: how long it still stays, in milliseconds.</summary>
    public const ushort Expiration = 5;

    /// <summary>NFTA_SET_ELEM_USERDATA, binary: what the creator noted on it.</summary>
    public const ushort UserData = 6;

    /// <summary>NFTA_SET_ELEM_EXPR, nest of NFTA_EXPR_…: its counter.</summary>
    public const ushort Expression = 7;

    /// <summary>NFTA_SET_ELEM_KEY_END, nest of NFTA_DATA_…: the last key of its range.</summary>
    public const ushort KeyEnd = 10;
}
