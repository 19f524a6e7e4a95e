namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of one field of a concatenated key.</summary>
internal static class NftaSetField
{
    /// <summary>NFTA_SET_FIELD_LEN, u32: its bytes.</summary>
    public const ushort Length = 1;
}
