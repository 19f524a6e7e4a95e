namespace BridgeNet.Netlink.Netfilter;

/// <summary>
/// The bits of CTA_FILTER_…_FLAGS. They are part of the kernel's interface, but no header for programs has them: they are in
/// net/netfilter/nf_internals.h of its source. So gcc cannot prove them; the tests try each on the running kernel.
/// </summary>
internal static class CtaFilterParts
{
    /// <summary>The bit CTA_FILTER_F_CTA_IP_SRC: the source address.</summary>
    public const uint Source = 1 << 0;

    /// <summary>The bit CTA_FILTER_F_CTA_IP_DST: the destination address.</summary>
    public const uint Destination = 1 << 1;

    /// <summary>The bit CTA_FILTER_F_CTA_PROTO_NUM: the transport protocol.</summary>
    public const uint Protocol = 1 << 3;

    /// <summary>The bit CTA_FILTER_F_CTA_PROTO_SRC_PORT: the source port.</summary>
    public const uint SourcePort = 1 << 4;

    /// <summary>The bit CTA_FILTER_F_CTA_PROTO_DST_PORT: the destination port.</summary>
    public const uint DestinationPort = 1 << 5;
}
