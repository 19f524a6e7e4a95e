namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a base chain's hook.</summary>
internal static class NftaHook
{
    /// <summary>NFTA_HOOK_HOOKNUM, u32: the hook.</summary>
    public const ushort Number = 1;

    /// <summary>NFTA_HOOK_PRIORITY, s32: its place among the chains of the hook; the lowest is first.</summary>
    public const ushort Priority = 2;

    /// <summary>NFTA_HOOK_DEV, string: the only device.</summary>
    public const ushort Device = 3;

    /// <summary>NFTA_HOOK_DEVS, nest of NFTA_DEVICE_NAME: the devices.</summary>
    public const ushort Devices = 4;
}
