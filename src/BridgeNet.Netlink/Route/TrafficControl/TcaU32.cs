namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of a u32 filter, inside TCA_OPTIONS, as in include/uapi/linux/pkt_cls.h.</summary>
internal static class TcaU32
{
    /// <summary>TCA_U32_SEL, struct tc_u32_sel and its keys: which packets.</summary>
    public const ushort Selector = 5;

    /// <summary>TCA_U32_ACT, nest of actions by their order: what happens to them.</summary>
    public const ushort Actions = 7;
}
