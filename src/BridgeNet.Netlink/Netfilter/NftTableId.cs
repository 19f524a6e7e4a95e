namespace BridgeNet.Netlink.Netfilter;

/// <summary>What names a table: <c>inet bridgenet</c>.</summary>
/// <param name="Family">Which packets it sees. Tables of two families may bear one name.</param>
/// <param name="Name">1 to 255 bytes.</param>
public readonly record struct NftTableId(NftFamily Family, string Name)
{
    /// <summary>As nft writes it.</summary>
    public override string ToString() => $"{NameOf(Family)} {Name}";

    /// <summary>nft's name of a family.</summary>
    internal static string NameOf(NftFamily family) => family switch
    {
        NftFamily.IPv4 => "ip",
        NftFamily.IPv6 => "ip6",
        NftFamily.Inet => "inet",
        NftFamily.Arp => "arp",
        NftFamily.Bridge => "bridge",
        NftFamily.Netdev => "netdev",
        _ => $"family {(byte)family}",
    };
}
