namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a tuple's addresses.</summary>
internal static class CtaIP
{
    /// <summary>CTA_IP_V4_SRC, 4 bytes: the source.</summary>
    public const ushort IPv4Source = 1;

    /// <summary>CTA_IP_V4_DST, 4 bytes: the destination.</summary>
    public const ushort IPv4Destination = 2;

    /// <summary>CTA_IP_V6_SRC, 16 bytes: the source.</summary>
    public const ushort IPv6Source = 3;

    /// <summary>CTA_IP_V6_DST, 16 bytes: the destination.</summary>
    public const ushort IPv6Destination = 4;
}
