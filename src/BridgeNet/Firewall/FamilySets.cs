using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>The sets and maps that the driver's table has once for each address family.</summary>
internal sealed class FamilySets : SetFamily
{
    /// <summary>The prefix of the names of <see cref="ClaimsOf"/>, and of no other set.</summary>
    public const string ClaimsPrefix = "claims_";

    private static readonly FamilySets[] s_all = [new(isIPv6: false), new(isIPv6: true)];

    private FamilySets(bool isIPv6)
        : base(isIPv6)
    {
        Guarded = Name("guarded", isIPv6);
        Trusted = Name("trusted", isIPv6);
        Homes = Name("homes", isIPv6);
        Masqueraded = Name("masqueraded", isIPv6);
        Unmasqueraded = Name("unmasqueraded", isIPv6);
        Sources = Name("sources", isIPv6);
        Publish = Name("publish", isIPv6);
        PublishAny = Name("publish_any", isIPv6);
        PublishRanges = Name("publish_ranges", isIPv6);
        Open = Name("open", isIPv6);
        OpenRanges = Name("open_ranges", isIPv6);
        Admitted = Name("admitted", isIPv6);
        Traffic = Name("traffic", isIPv6);
        TrafficRanges = Name("traffic_ranges", isIPv6);
        Claims = [Name(ClaimsPrefix + "tcp", isIPv6), Name(ClaimsPrefix + "udp", isIPv6), Name(ClaimsPrefix + "sctp", isIPv6)];
    }

    /// <summary>IPv4.</summary>
    public static FamilySets V4 => s_all[0];

    /// <summary>IPv6.</summary>
    public static FamilySets V6 => s_all[1];

    /// <summary>Both.</summary>
    public static ReadOnlySpan<FamilySets> All => s_all;

    /// <summary>The family of addresses.</summary>
    public AddressFamily AddressFamily => Family is NftFamily.IPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    /// <summary>Set of address ranges: the subnets that packets from outside may not address.</summary>
    public string Guarded { get; }

    /// <summary>Set of ifname . address ranges: the host's interfaces from which packets may address a guarded subnet all the same.</summary>
    public string Trusted { get; }

    /// <summary>Set of ifname . address ranges: each bridge with its own subnets.</summary>
    public string Homes { get; }

    /// <summary>
    /// Set of address ranges: the subnets whose outgoing connections get the host's address, or that of <see cref="Sources"/>, which is looked up
    /// first.
    /// </summary>
    public string Masqueraded { get; }

    /// <summary>
    /// Set of address ranges: the guarded subnets that keep their own addresses on outgoing connections, so that answers come to them.
    /// </summary>
    public string Unmasqueraded { get; }

    /// <summary>Map from address ranges to the source address of their outgoing connections.</summary>
    public string Sources { get; }

    /// <summary>Map from host address . protocol . port to container address . port.</summary>
    public string Publish { get; }

    /// <summary>Map from protocol . port, at every address of the host, to container address . port.</summary>
    public string PublishAny { get; }

    /// <summary>Map from protocol . port ranges, at every address of the host, to the container's address; the port stays.</summary>
    public string PublishRanges { get; }

    /// <summary>Map from container address . protocol . port to a verdict: published ports, open to all or to some.</summary>
    public string Open { get; }

    /// <summary>Map from container address . protocol . port ranges to a verdict: published ranges.</summary>
    public string OpenRanges { get; }

    /// <summary>Set of client address ranges . container address . protocol . port: the clients of ports that are not open to all.</summary>
    public string Admitted { get; }

    /// <summary>Set of container address . protocol . port: counts the packets of published ports.</summary>
    public string Traffic { get; }

    /// <summary>Set of container address . protocol . port ranges: counts the packets of published ranges.</summary>
    public string TrafficRanges { get; }

    /// <summary>The names of <see cref="ClaimsOf"/>, for all protocols that have ports.</summary>
    public IReadOnlyList<string> Claims { get; }

    /// <summary>
    /// Map from port ranges to <see cref="FirewallLayout.EveryAddress"/> or <see cref="FirewallLayout.OneAddress"/>. No rule reads it. By it the
    /// kernel refuses to publish a port at one address that is published at every address, and the other way round.
    /// </summary>
    public string ClaimsOf(TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Tcp => Claims[0],
        TransportProtocol.Udp => Claims[1],
        _ => Claims[2],
    };

    /// <summary>The sets of an address's family.</summary>
    public static FamilySets Of(IPAddress address) => Of(address.AddressFamily);

    /// <summary>The sets of a family.</summary>
    public static FamilySets Of(AddressFamily family) => family is AddressFamily.InterNetworkV6 ? V6 : V4;
}
