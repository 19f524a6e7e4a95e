namespace BridgeNet.Netlink.Netfilter;

/// <summary>What is known of a packet beside its bytes.</summary>
public enum MetaKey : uint
{
    /// <summary>NFT_META_LEN: bytes; u32.</summary>
    Length = 0,

    /// <summary>NFT_META_PROTOCOL: ethertype; u16 in network order.</summary>
    Protocol = 1,

    /// <summary>NFT_META_PRIORITY: u32.</summary>
    Priority = 2,

    /// <summary>NFT_META_MARK: u32.</summary>
    Mark = 3,

    /// <summary>NFT_META_IIF: index; u32.</summary>
    InputInterface = 4,

    /// <summary>NFT_META_OIF: index; u32.</summary>
    OutputInterface = 5,

    /// <summary>NFT_META_IIFNAME: 16 bytes.</summary>
    InputInterfaceName = 6,

    /// <summary>NFT_META_OIFNAME: 16 bytes.</summary>
    OutputInterfaceName = 7,

    /// <summary>NFT_META_IIFTYPE: ARPHRD_…; u16.</summary>
    InputInterfaceType = 8,

    /// <summary>NFT_META_OIFTYPE: ARPHRD_…; u16.</summary>
    OutputInterfaceType = 9,

    /// <summary>NFT_META_SKUID: u32.</summary>
    SocketUser = 10,

    /// <summary>NFT_META_SKGID: u32.</summary>
    SocketGroup = 11,

    /// <summary>NFT_META_NFTRACE: u8.</summary>
    Trace = 12,

    /// <summary>NFT_META_NFPROTO: NFPROTO_…; u8.</summary>
    NetfilterProtocol = 15,

    /// <summary>NFT_META_L4PROTO: IPPROTO_…; u8.</summary>
    TransportProtocol = 16,

    /// <summary>NFT_META_BRI_IIFNAME: the bridge of the input port; 16 bytes.</summary>
    InputBridge = 17,

    /// <summary>NFT_META_BRI_OIFNAME: the bridge of the output port; 16 bytes.</summary>
    OutputBridge = 18,

    /// <summary>NFT_META_PKTTYPE: PACKET_…; u8.</summary>
    PacketType = 19,
}
