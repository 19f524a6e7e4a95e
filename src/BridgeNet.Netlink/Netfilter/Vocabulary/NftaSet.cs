namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a set or map.</summary>
internal static class NftaSet
{
    /// <summary>NFTA_SET_TABLE, string: its table.</summary>
    public const ushort Table = 1;

    /// <summary>NFTA_SET_NAME, string: its name.</summary>
    public const ushort Name = 2;

    /// <summary>NFTA_SET_FLAGS, u32: NFT_SET_….</summary>
    public const ushort Flags = 3;

    /// <summary>NFTA_SET_KEY_TYPE, u32: the types of the key, as user space numbers them.</summary>
    public const ushort KeyType = 4;

    /// <summary>NFTA_SET_KEY_LEN, u32: the bytes of a key.</summary>
    public const ushort KeyLength = 5;

    /// <summary>NFTA_SET_DATA_TYPE, u32: the types of the data, as user space numbers them, or NFT_DATA_VERDICT.</summary>
    public const ushort DataType = 6;

    /// <summary>NFTA_SET_DATA_LEN, u32: the bytes of the data.</summary>
    public const ushort DataLength = 7;

    /// <summary>NFTA_SET_DESC, nest of NFTA_SET_DESC_…: its size and the fields of its key.</summary>
    public const ushort Description = 9;

    /// <summary>NFTA_SET_ID, u32: its number within the transaction.</summary>
    public const ushort Id = 10;

    /// <summary>NFTA_SET_TIMEOUT, u64: how long an element stays, in milliseconds.</summary>
    public const ushort Timeout = 11;

    /// <summary>NFTA_SET_USERDATA, binary: what the creator noted on it.</summary>
    public const ushort UserData = 13;

    /// <summary>NFTA_SET_HANDLE, u64: the number that the kernel gave it.</summary>
    public const ushort Handle = 16;

    /// <summary>NFTA_SET_EXPR, nest of NFTA_EXPR_…: what every element gets, such as a counter.</summary>
    public const ushort Expression = 17;
}
