namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a stateful object.</summary>
internal static class NftaObject
{
    /// <summary>NFTA_OBJ_TABLE, string: its table.</summary>
    public const ushort Table = 1;

    /// <summary>NFTA_OBJ_NAME, string: its name.</summary>
    public const ushort Name = 2;

    /// <summary>NFTA_OBJ_TYPE, u32: NFT_OBJECT_….</summary>
    public const ushort Type = 3;

    /// <summary>NFTA_OBJ_DATA, nest: the attributes of its kind.</summary>
    public const ushort Data = 4;

    /// <summary>NFTA_OBJ_HANDLE, u64: the number that the kernel gave it.</summary>
    public const ushort Handle = 6;

    /// <summary>NFTA_OBJ_USERDATA, binary: what the creator noted on it.</summary>
    public const ushort UserData = 8;
}
