namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a tuple's transport protocol.</summary>
internal static class CtaProtocol
{
    /// <summary>CTA_PROTO_NUM, u8: IPPROTO_….</summary>
    public const ushort Number = 1;

    /// <summary>CTA_PROTO_SRC_PORT, u16: in network order.</summary>
    public const ushort SourcePort = 2;

    /// <summary>CTA_PROTO_DST_PORT, u16: in network order.</summary>
    public const ushort DestinationPort = 3;
}
