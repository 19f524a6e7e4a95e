namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "immediate".</summary>
internal static class NftaImmediate
{
    /// <summary>NFTA_IMMEDIATE_DREG, u32: where it goes.</summary>
    public const ushort Register = 1;

    /// <summary>NFTA_IMMEDIATE_DATA, nest of NFTA_DATA_…: what.</summary>
    public const ushort Data = 2;
}
