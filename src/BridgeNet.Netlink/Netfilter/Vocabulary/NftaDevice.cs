namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a device in a list.</summary>
internal static class NftaDevice
{
    /// <summary>NFTA_DEVICE_NAME, string: its name.</summary>
    public const ushort Name = 1;
}
