namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "nat".</summary>
internal static class NftaNat
{
    /// <summary>NFTA_NAT_TYPE, u32: NFT_NAT_….</summary>
    public const ushort Type = 1;

    /// <summary>NFTA_NAT_FAMILY, u32: NFPROTO_IPV4 or NFPROTO_IPV6.</summary>
    public const ushort Family = 2;

    /// <summary>NFTA_NAT_REG_ADDR_MIN, u32: the first address.</summary>
    public const ushort AddressMin = 3;

    /// <summary>NFTA_NAT_REG_ADDR_MAX, u32: the last address.</summary>
    public const ushort AddressMax = 4;

    /// <summary>NFTA_NAT_REG_PROTO_MIN, u32: the first port.</summary>
    public const ushort PortMin = 5;

    /// <summary>NFTA_NAT_REG_PROTO_MAX, u32: the last port.</summary>
    public const ushort PortMax = 6;

    /// <summary>NFTA_NAT_FLAGS, u32: NF_NAT_RANGE_….</summary>
    public const ushort Flags = 7;
}
