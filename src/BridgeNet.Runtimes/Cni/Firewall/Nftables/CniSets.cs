using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>The sets and maps that <c>table inet bridgenet_cni</c> has once for each family of addresses.</summary>
internal sealed class CniSets
{
    private CniSets(string suffix, NftFamily family, NftType address, NftField source, NftField destination)
    {
        Suffix = suffix;
        Family = family;
        Address = address;
        Source = source;
        Destination = destination;
    }

    /// <summary>IPv4 and IPv6.</summary>
    public static ValueList<CniSets> All { get; } =
    [
        new("4", NftFamily.IPv4, NftType.IPv4Address, NftField.IPv4Source, NftField.IPv4Destination),
        new("6", NftFamily.IPv6, NftType.IPv6Address, NftField.IPv6Source, NftField.IPv6Destination),
    ];

    /// <summary>4 or 6, which ends the names.</summary>
    public string Suffix { get; }

    /// <summary>The family.</summary>
    public NftFamily Family { get; }

    /// <summary>ipv4_addr or ipv6_addr.</summary>
    public NftType Address { get; }

    /// <summary>ip saddr or ip6 saddr.</summary>
    public NftField Source { get; }

    /// <summary>ip daddr or ip6 daddr.</summary>
    public NftField Destination { get; }

    /// <summary>Set of addresses: containers that the world outside sees by the host's address.</summary>
    public string Masqueraded => "masqueraded" + Suffix;

    /// <summary>Set of address . address ranges: those containers, and the networks that see them as they are.</summary>
    public string Neighbours => "neighbours" + Suffix;

    /// <summary>Map from protocol . port, at every address of the host, to container address . port.</summary>
    public string PortsAny => "ports_any" + Suffix;

    /// <summary>Map from host address . protocol . port to container address . port.</summary>
    public string Ports => "ports" + Suffix;

    /// <summary>
    /// Map from host address . protocol . port . a hash of the owner to container address . port. No rule reads it: it holds ports that the same
    /// container already has by another network, and takes over when that goes.
    /// </summary>
    public string Spare => "spare" + Suffix;

    /// <summary>Set of address . address ranges: containers with published ports, and the networks whose clients there are masqueraded.</summary>
    public string Hairpin => "hairpin" + Suffix;

    /// <summary>Set of addresses: containers all of whose clients are masqueraded.</summary>
    public string Hidden => "hidden" + Suffix;

    /// <summary>Set of addresses: containers that are let through wherever packets are forwarded.</summary>
    public string Accepted => "accepted" + Suffix;

    /// <summary>The sets of a family.</summary>
    public static CniSets Of(bool isIPv6) => All[isIPv6 ? 1 : 0];
}
