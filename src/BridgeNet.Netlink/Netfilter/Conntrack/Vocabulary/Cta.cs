namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of an entry.</summary>
internal static class Cta
{
    /// <summary>CTA_TUPLE_ORIG, nest of CTA_TUPLE_…: the tuple of its first packet.</summary>
    public const ushort Original = 1;

    /// <summary>CTA_TUPLE_REPLY, nest of CTA_TUPLE_…: the tuple of the packets that come back.</summary>
    public const ushort Reply = 2;

    /// <summary>CTA_STATUS, u32: IPS_….</summary>
    public const ushort Status = 3;

    /// <summary>CTA_TIMEOUT, u32: how long it still stays, in seconds.</summary>
    public const ushort Timeout = 7;

    /// <summary>CTA_MARK, u32: its mark.</summary>
    public const ushort Mark = 8;

    /// <summary>CTA_ID, u32: its number.</summary>
    public const ushort Id = 12;

    /// <summary>CTA_ZONE, u16: its zone.</summary>
    public const ushort Zone = 18;

    /// <summary>CTA_FILTER, nest of CTA_FILTER_…: which parts of the tuples beside it count, in a listing and in a flush.</summary>
    public const ushort Filter = 25;
}
