namespace BridgeNet.Netlink.Route;

/// <summary>The attributes inside a macvlan's IFLA_INFO_DATA.</summary>
internal static class IflaMacvlan
{
    /// <summary>IFLA_MACVLAN_MODE, u32: a <see cref="MacvlanMode"/>.</summary>
    public const ushort Mode = 1;

    /// <summary>IFLA_MACVLAN_BC_QUEUE_LEN, u32: how many broadcast packets wait at most.</summary>
    public const ushort BroadcastQueueLength = 7;

    /// <summary>Since Linux 6.4 IFLA_MACVLAN_BC_CUTOFF, s32: up to how many listeners a multicast packet goes to them alone.</summary>
    public const ushort BroadcastCutoff = 9;
}
