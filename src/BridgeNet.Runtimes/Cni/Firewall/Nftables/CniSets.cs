using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>The sets and maps that <c>table inet bridgenet_cni</c> has once for each address family.</summary>
internal sealed class CniSets : SetFamily
{
    private CniSets(bool isIPv6)
        : base(isIPv6)
    {
        Masqueraded = Name("masqueraded", isIPv6);
        Neighbours = Name("neighbours", isIPv6);
        PortsAny = Name("ports_any", isIPv6);
        Ports = Name("ports", isIPv6);
        Spare = Name("spare", isIPv6);
        Hairpin = Name("hairpin", isIPv6);
        Hidden = Name("hidden", isIPv6);
        Accepted = Name("accepted", isIPv6);
    }

    /// <summary>IPv4 and IPv6.</summary>
    public static ValueList<CniSets> All { get; } = [new(isIPv6: false), new(isIPv6: true)];

    /// <summary>Set of addresses: the masqueraded containers.</summary>
    public string Masqueraded { get; }

    /// <summary>Set of address . address ranges: those containers, and the networks to which they are not masqueraded.</summary>
    public string Neighbours { get; }

    /// <summary>Map from protocol . port, at every address of the host, to container address . port.</summary>
    public string PortsAny { get; }

    /// <summary>Map from host address . protocol . port to container address . port.</summary>
    public string Ports { get; }

    /// <summary>
    /// Map from host address . protocol . port . a hash of the owner to container address . port. No rule reads it. It holds ports that the same
    /// container already publishes by another network, and takes over when those go.
    /// </summary>
    public string Spare { get; }

    /// <summary>Set of address . address ranges: containers with published ports, and the networks whose clients are masqueraded.</summary>
    public string Hairpin { get; }

    /// <summary>Set of addresses: containers whose clients are all masqueraded.</summary>
    public string Hidden { get; }

    /// <summary>Set of addresses: containers that are let through in both directions.</summary>
    public string Accepted { get; }

    /// <summary>The sets of a family.</summary>
    public static CniSets Of(bool isIPv6) => All[isIPv6 ? 1 : 0];
}
