namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of an action, as in include/uapi/linux/pkt_cls.h.</summary>
internal static class TcaAction
{
    /// <summary>TCA_ACT_KIND, string: mirred, ….</summary>
    public const ushort Kind = 1;

    /// <summary>TCA_ACT_OPTIONS, nest: what the kind adds.</summary>
    public const ushort Options = 2;
}
