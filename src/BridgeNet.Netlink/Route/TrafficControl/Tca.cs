namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of queueing disciplines and filters, as in include/uapi/linux/rtnetlink.h.</summary>
internal static class Tca
{
    /// <summary>TCA_KIND, string: what it is: tbf, u32, ….</summary>
    public const ushort Kind = 1;

    /// <summary>TCA_OPTIONS, nest or struct: what the kind adds.</summary>
    public const ushort Options = 2;
}
