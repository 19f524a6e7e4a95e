namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a chain.</summary>
internal static class NftaChain
{
    /// <summary>NFTA_CHAIN_TABLE, string: its table.</summary>
    public const ushort Table = 1;

    /// <summary>NFTA_CHAIN_HANDLE, u64: the number that the kernel gave it.</summary>
    public const ushort Handle = 2;

    /// <summary>NFTA_CHAIN_NAME, string: its name.</summary>
    public const ushort Name = 3;

    /// <summary>NFTA_CHAIN_HOOK, nest of NFTA_HOOK_…: where packets enter it.</summary>
    public const ushort Hook = 4;

    /// <summary>NFTA_CHAIN_POLICY, u32: NF_ACCEPT or NF_DROP.</summary>
    public const ushort Policy = 5;

    /// <summary>NFTA_CHAIN_TYPE, string: filter, nat or route.</summary>
    public const ushort Type = 7;

    /// <summary>NFTA_CHAIN_USERDATA, binary: what the creator noted on it.</summary>
    public const ushort UserData = 12;
}
