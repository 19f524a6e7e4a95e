namespace BridgeNet.Netlink.Netfilter;

/// <summary>Priorities of base chains that have names, of IPv4, IPv6 and inet; those of the bridge family differ.</summary>
public static class NftPriority
{
    /// <summary>NF_IP_PRI_RAW: before connection tracking, nft's raw.</summary>
    public const int Raw = -300;

    /// <summary>NF_IP_PRI_MANGLE: nft's mangle.</summary>
    public const int Mangle = -150;

    /// <summary>NF_IP_PRI_NAT_DST: nft's dstnat, which nft prints by name in prerouting only.</summary>
    public const int DestinationNat = -100;

    /// <summary>NF_IP_PRI_FILTER: nft's filter.</summary>
    public const int Filter = 0;

    /// <summary>NF_IP_PRI_SECURITY: nft's security.</summary>
    public const int Security = 50;

    /// <summary>NF_IP_PRI_NAT_SRC: nft's srcnat.</summary>
    public const int SourceNat = 100;
}
