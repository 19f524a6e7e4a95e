namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "redir".</summary>
internal static class NftaRedirect
{
    /// <summary>NFTA_REDIR_REG_PROTO_MIN, u32: the first port.</summary>
    public const ushort PortMin = 1;

    /// <summary>NFTA_REDIR_REG_PROTO_MAX, u32: the last port.</summary>
    public const ushort PortMax = 2;

    /// <summary>NFTA_REDIR_FLAGS, u32: NF_NAT_RANGE_….</summary>
    public const ushort Flags = 3;
}
