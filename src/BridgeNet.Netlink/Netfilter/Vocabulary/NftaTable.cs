namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a table.</summary>
internal static class NftaTable
{
    /// <summary>NFTA_TABLE_NAME, string: its name.</summary>
    public const ushort Name = 1;

    /// <summary>NFTA_TABLE_FLAGS, u32: NFT_TABLE_F_….</summary>
    public const ushort Flags = 2;

    /// <summary>NFTA_TABLE_HANDLE, u64: the number that the kernel gave it.</summary>
    public const ushort Handle = 4;

    /// <summary>NFTA_TABLE_USERDATA, binary: what the creator noted on it.</summary>
    public const ushort UserData = 6;
}
