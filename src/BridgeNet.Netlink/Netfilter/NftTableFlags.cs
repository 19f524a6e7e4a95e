namespace BridgeNet.Netlink.Netfilter;

/// <summary>What is special about a table.</summary>
[Flags]
public enum NftTableFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>NFT_TABLE_F_DORMANT: its chains see no packet.</summary>
    Dormant = 0x1,

    /// <summary>NFT_TABLE_F_OWNER: only the socket that made it may change it; it ends with the socket unless it persists (Linux 5.12).</summary>
    Owner = 0x2,

    /// <summary>The table stays, without an owner, when its owner's socket is closed (NFT_TABLE_F_PERSIST, Linux 6.9).</summary>
    Persist = 0x4,
}
