namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the ruleset's generation.</summary>
internal static class NftaGeneration
{
    /// <summary>NFTA_GEN_ID, u32: its number; every transaction makes the next.</summary>
    public const ushort Id = 1;
}
