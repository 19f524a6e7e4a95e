namespace BridgeNet.Netlink.Netfilter;

/// <summary>What connection tracking knows of a packet's connection.</summary>
public enum CtKey : uint
{
    /// <summary>NFT_CT_STATE: u32 of CtStateFlags.</summary>
    State = 0,

    /// <summary>NFT_CT_DIRECTION: IP_CT_DIR_…; u8.</summary>
    Direction = 1,

    /// <summary>NFT_CT_STATUS: u32 of CtStatusFlags.</summary>
    Status = 2,

    /// <summary>NFT_CT_MARK: u32.</summary>
    Mark = 3,

    /// <summary>NFT_CT_L3PROTOCOL: NFPROTO_…; u8; of a direction.</summary>
    L3Protocol = 7,

    /// <summary>NFT_CT_PROTOCOL: IPPROTO_…; u8; of a direction.</summary>
    Protocol = 10,

    /// <summary>NFT_CT_PROTO_SRC: u16 in network order; of a direction.</summary>
    PortSource = 11,

    /// <summary>NFT_CT_PROTO_DST: u16 in network order; of a direction.</summary>
    PortDestination = 12,

    /// <summary>NFT_CT_ZONE: u16.</summary>
    Zone = 17,

    /// <summary>NFT_CT_SRC_IP: of a direction.</summary>
    IPv4Source = 19,

    /// <summary>NFT_CT_DST_IP: of a direction.</summary>
    IPv4Destination = 20,

    /// <summary>NFT_CT_SRC_IP6: of a direction.</summary>
    IPv6Source = 21,

    /// <summary>NFT_CT_DST_IP6: of a direction.</summary>
    IPv6Destination = 22,
}
