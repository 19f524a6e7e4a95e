namespace BridgeNet.Netlink.Netfilter;

/// <summary>What a base chain is for.</summary>
/// <param name="Name">As nft writes it.</param>
public readonly record struct NftChainType(string Name)
{
    /// <summary>It lets packets pass or not.</summary>
    public static NftChainType Filter => new("filter");

    /// <summary>It sees only the first packet of a connection and decides its translation.</summary>
    public static NftChainType Nat => new("nat");

    /// <summary>It routes packets of this host anew when it changed them.</summary>
    public static NftChainType Route => new("route");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
