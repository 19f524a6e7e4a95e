using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>The sets and maps that a table has once for each family of addresses, and what of a packet is looked up in them.</summary>
/// <param name="isIPv6">The family.</param>
internal abstract class SetFamily(bool isIPv6)
{
    /// <summary>Whether it is that of IPv6.</summary>
    public bool IsIPv6 { get; } = isIPv6;

    /// <summary>As NAT and <c>meta nfproto</c> have it.</summary>
    public NftFamily Family { get; } = isIPv6 ? NftFamily.IPv6 : NftFamily.IPv4;

    /// <summary>ipv4_addr or ipv6_addr.</summary>
    public NftType Address { get; } = isIPv6 ? NftType.IPv6Address : NftType.IPv4Address;

    /// <summary>ip saddr or ip6 saddr.</summary>
    public NftField Source { get; } = isIPv6 ? NftField.IPv6Source : NftField.IPv4Source;

    /// <summary>ip daddr or ip6 daddr.</summary>
    public NftField Destination { get; } = isIPv6 ? NftField.IPv6Destination : NftField.IPv4Destination;

    /// <summary>The name that a set has in a family: it ends in 4 or 6.</summary>
    protected static string Name(string name, bool isIPv6) => name + (isIPv6 ? "6" : "4");
}
