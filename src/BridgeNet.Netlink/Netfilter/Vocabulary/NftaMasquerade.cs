namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "masq".</summary>
internal static class NftaMasquerade
{
    /// <summary>NFTA_MASQ_FLAGS, u32: NF_NAT_RANGE_….</summary>
    public const ushort Flags = 1;

    /// <summary>NFTA_MASQ_REG_PROTO_MIN, u32: the first port.</summary>
    public const ushort PortMin = 2;

    /// <summary>NFTA_MASQ_REG_PROTO_MAX, u32: the last port.</summary>
    public const ushort PortMax = 3;
}
