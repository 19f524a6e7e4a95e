namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of the action mirred, inside TCA_ACT_OPTIONS, as in include/uapi/linux/tc_act/tc_mirred.h.</summary>
internal static class TcaMirror
{
    /// <summary>TCA_MIRRED_PARMS, struct tc_mirred.</summary>
    public const ushort Parameters = 2;
}
