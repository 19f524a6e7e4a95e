namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of what a register holds.</summary>
internal static class NftaData
{
    /// <summary>NFTA_DATA_VALUE, binary: bytes.</summary>
    public const ushort Value = 1;

    /// <summary>NFTA_DATA_VERDICT, nest of NFTA_VERDICT_…: a verdict.</summary>
    public const ushort Verdict = 2;
}
