namespace BridgeNet.Netlink.Netfilter;

/// <summary>What is special about a table.</summary>
[Flags]
public enum NftTableFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>NFT_TABLE_F_DORMANT: its chains see no packet.</summary>
    Dormant = 0x1,

    /// <summary>NFT_TABLE_F_OWNER: only the socket that made it may change it; it ends with the socket (Linux 5.12).</summary>
    Owner = 0x2,
}
