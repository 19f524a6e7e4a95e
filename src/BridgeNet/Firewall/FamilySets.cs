using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>The sets and maps that the table has once for each family of addresses, and what of a packet is looked up in them.</summary>
internal sealed class FamilySets
{
    /// <summary>How the names of <see cref="ClaimsOf"/> begin, and no others.</summary>
    public const string ClaimsPrefix = "claims_";

    private FamilySets(string suffix, NftFamily family, NftType address, NftField source, NftField destination)
    {
        Suffix = suffix;
        Family = family;
        Address = address;
        Source = source;
        Destination = destination;
    }

    /// <summary>IPv4.</summary>
    public static FamilySets V4 { get; } =
        new("4", NftFamily.IPv4, NftType.IPv4Address, NftField.IPv4Source, NftField.IPv4Destination);

    /// <summary>IPv6.</summary>
    public static FamilySets V6 { get; } =
        new("6", NftFamily.IPv6, NftType.IPv6Address, NftField.IPv6Source, NftField.IPv6Destination);

    /// <summary>Both.</summary>
    public static ReadOnlySpan<FamilySets> All => s_all;

    /// <summary>4 or 6, which ends the names.</summary>
    public string Suffix { get; }

    /// <summary>The family of addresses.</summary>
    public AddressFamily AddressFamily => Family is NftFamily.IPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    /// <summary>As NAT and <c>meta nfproto</c> have it.</summary>
    public NftFamily Family { get; }

    /// <summary>ipv4_addr or ipv6_addr.</summary>
    public NftType Address { get; }

    /// <summary>ip saddr or ip6 saddr.</summary>
    public NftField Source { get; }

    /// <summary>ip daddr or ip6 daddr.</summary>
    public NftField Destination { get; }

    /// <summary>Set of address ranges: the subnets that nobody outside may address.</summary>
    public string Guarded => "guarded" + Suffix;

    /// <summary>Set of ifname . address ranges: which of the host's interfaces may address which subnet all the same.</summary>
    public string Trusted => "trusted" + Suffix;

    /// <summary>Set of ifname . address ranges: each bridge with its own subnets.</summary>
    public string Homes => "homes" + Suffix;

    /// <summary>Set of address ranges: the subnets that the world outside sees by the host's address.</summary>
    public string Masqueraded => "masqueraded" + Suffix;

    /// <summary>Set of address ranges: the guarded subnets that the world outside sees by their own addresses, to which it answers.</summary>
    public string Unmasqueraded => "unmasqueraded" + Suffix;

    /// <summary>Map from address ranges to the one address by which the world outside sees them.</summary>
    public string Sources => "sources" + Suffix;

    /// <summary>Map from host address . protocol . port to container address . port.</summary>
    public string Publish => "publish" + Suffix;

    /// <summary>Map from protocol . port, at every address of the host, to container address . port.</summary>
    public string PublishAny => "publish_any" + Suffix;

    /// <summary>Map from protocol . port ranges, at every address of the host, to the container's address; the port stays.</summary>
    public string PublishRanges => "publish_ranges" + Suffix;

    /// <summary>Map from container address . protocol . port to a verdict: published ports, open to all or to some.</summary>
    public string Open => "open" + Suffix;

    /// <summary>Map from container address . protocol . port ranges to a verdict: published ranges.</summary>
    public string OpenRanges => "open_ranges" + Suffix;

    /// <summary>Set of client address ranges . container address . protocol . port: who may use a port that is not open to all.</summary>
    public string Admitted => "admitted" + Suffix;

    /// <summary>Set of container address . protocol . port: counts what goes through published ports.</summary>
    public string Traffic => "traffic" + Suffix;

    /// <summary>Set of container address . protocol . port ranges: counts what goes through published ranges.</summary>
    public string TrafficRanges => "traffic_ranges" + Suffix;

    /// <summary>The names of <see cref="ClaimsOf"/>, for all protocols that have ports.</summary>
    public IReadOnlyList<string> Claims => [ClaimsOf(TransportProtocol.Tcp), ClaimsOf(TransportProtocol.Udp), ClaimsOf(TransportProtocol.Sctp)];

    /// <summary>
    /// Map from port ranges to <see cref="FirewallLayout.EveryAddress"/> or <see cref="FirewallLayout.OneAddress"/>. No rule reads it: it makes the kernel
    /// refuse a port at one address that is published at every address, and the other way round.
    /// </summary>
    public string ClaimsOf(TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Tcp => ClaimsPrefix + "tcp" + Suffix,
        TransportProtocol.Udp => ClaimsPrefix + "udp" + Suffix,
        _ => ClaimsPrefix + "sctp" + Suffix,
    };

    /// <summary>The sets of an address's family.</summary>
    public static FamilySets Of(IPAddress address) => Of(address.AddressFamily);

    /// <summary>The sets of a family.</summary>
    public static FamilySets Of(AddressFamily family) => family is AddressFamily.InterNetworkV6 ? V6 : V4;

    private static readonly FamilySets[] s_all = [V4, V6];
}
