namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a filter.</summary>
internal static class CtaFilter
{
    /// <summary>CTA_FILTER_ORIG_FLAGS, u32: which parts of CTA_TUPLE_ORIG count, as <see cref="CtaFilterParts"/>.</summary>
    public const ushort OriginalParts = 1;

    /// <summary>CTA_FILTER_REPLY_FLAGS, u32: which parts of CTA_TUPLE_REPLY count, as <see cref="CtaFilterParts"/>.</summary>
    public const ushort ReplyParts = 2;
}
