namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the expression "objref".</summary>
internal static class NftaObjectReference
{
    /// <summary>NFTA_OBJREF_IMM_TYPE, u32: NFT_OBJECT_….</summary>
    public const ushort Type = 1;

    /// <summary>NFTA_OBJREF_IMM_NAME, string: the object's name.</summary>
    public const ushort Name = 2;
}
