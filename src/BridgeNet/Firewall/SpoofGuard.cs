using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>
/// The constant part of <c>table bridge bridgenet</c>. A container sends only from its own MAC and IP addresses, and claims no others by ARP or
/// neighbour discovery. It is no router, so it advertises none. Frames other than IP and ARP are dropped.
/// </summary>
internal static class SpoofGuard
{
    /// <summary>Set of ifname: the guarded bridge ports.</summary>
    public const string Ports = "ports";

    /// <summary>Set of ifname . ether_addr . ipv4_addr: the senders at each port. 0.0.0.0 is for ARP probes (RFC 5227).</summary>
    public const string Owners4 = "owners4";

    /// <summary>Set of ifname . ether_addr . ipv6_addr: the senders at each port. :: is for duplicate address detection (RFC 4862).</summary>
    public const string Owners6 = "owners6";

    /// <summary>Set of ifname . ether_addr . halves of an address: the addresses that a port may claim in neighbour discovery.</summary>
    public const string Targets6 = "targets6";

    private const string FromIPv4 = "from_ipv4", FromArp = "from_arp", FromIPv6 = "from_ipv6";
    private const byte NeighbourSolicitation = 135, NeighbourAdvertisement = 136, RouterAdvertisement = 134, Redirect = 137;
    private const ushort EthernetIPv4 = 0x0800, EthernetArp = 0x0806, EthernetIPv6 = 0x86dd;

    private static readonly NftType s_half = NftType.Integer(NftType.IPv6Address.Length / 2);

    /// <summary>bridge bridgenet; a property, as <see cref="FirewallLayout.Table"/>.</summary>
    public static NftTableId Table => new(NftFamily.Bridge, "bridgenet");

    private static NftChain Prerouting { get; } = Table.BaseChain("prerouting", NftChainType.Filter, NftHookPoint.Prerouting, NftPriority.Raw);

    private static NftChain IPv4Frames { get; } = Table.Chain(FromIPv4);

    private static NftChain ArpFrames { get; } = Table.Chain(FromArp);

    private static NftChain IPv6Frames { get; } = Table.Chain(FromIPv6);

    /// <summary>
    /// libnftnl's description of <c>typeof iifname . ether saddr . @th,64,64 . @th,128,64</c>, for which nft has no plain type: a concatenation (13)
    /// of meta (9) iifname (6), payload (7) of Ethernet (17) field 2, payload of the transport header (3) at bits 64 and 128 of 64 bits each.
    /// </summary>
    private static NftValue TargetTypes { get; } = new(
    [
        0x00, 4, 13, 0, 0, 0,
        0x01, 118,
        0x00, 14, 0x00, 4, 9, 0, 0, 0, 0x01, 6, 0x00, 4, 6, 0, 0, 0,
        0x01, 20, 0x00, 4, 7, 0, 0, 0, 0x01, 12, 0x00, 4, 17, 0, 0, 0, 0x01, 4, 2, 0, 0, 0,
        0x02, 38, 0x00, 4, 7, 0, 0, 0,
        0x01, 30, 0x00, 4, 0, 0, 0, 0, 0x01, 4, 0, 0, 0, 0, 0x02, 4, 3, 0, 0, 0, 0x03, 4, 64, 0, 0, 0, 0x04, 4, 64, 0, 0, 0,
        0x03, 38, 0x00, 4, 7, 0, 0, 0,
        0x01, 30, 0x00, 4, 0, 0, 0, 0, 0x01, 4, 0, 0, 0, 0, 0x02, 4, 3, 0, 0, 0, 0x03, 4, 128, 0, 0, 0, 0x04, 4, 64, 0, 0, 0,
    ]);

    /// <summary>The sets, empty.</summary>
    public static ValueList<NftSet> Sets { get; } =
    [
        Table.Set(Ports, NftType.InterfaceName),
        Table.Set(Owners4, NftType.InterfaceName, NftType.EthernetAddress, NftType.IPv4Address),
        Table.Set(Owners6, NftType.InterfaceName, NftType.EthernetAddress, NftType.IPv6Address),
        Table.Set(Targets6, NftType.InterfaceName, NftType.EthernetAddress, s_half, s_half)
            with { TypeOf = TargetTypes },
    ];

    /// <summary>The chains.</summary>
    public static ValueList<NftChain> Chains { get; } = [Prerouting, IPv4Frames, ArpFrames, IPv6Frames];

    /// <summary>The rules, in their order within each chain.</summary>
    public static ValueList<NftRule> Rules { get; } =
    [
        Prerouting.Rule().NotIn(Ports, NftField.InputInterface).Accept(),
        Prerouting.Rule().Match(NftField.EthernetType, NftValue.Port(EthernetIPv4)).Goto(FromIPv4),
        Prerouting.Rule().Match(NftField.EthernetType, NftValue.Port(EthernetArp)).Goto(FromArp),
        Prerouting.Rule().Match(NftField.EthernetType, NftValue.Port(EthernetIPv6)).Goto(FromIPv6),
        Prerouting.Rule().Drop(),
        IPv4Frames.Rule().NotIn(Owners4, NftField.InputInterface, NftField.EthernetSource, NftField.IPv4Source).Drop(),
        ArpFrames.Rule().NotIn(Owners4, NftField.InputInterface, NftField.EthernetSource, NftField.ArpSenderIPv4).Drop(),
        ArpFrames.Rule().NotIn(Owners4, NftField.InputInterface, NftField.ArpSenderEthernet, NftField.ArpSenderIPv4).Drop(),
        IPv6Frames.Rule().NotIn(Owners6, NftField.InputInterface, NftField.EthernetSource, NftField.IPv6Source).Drop(),
        IPv6Frames.Rule().Match(NftField.IcmpV6Type, NftValue.Byte(RouterAdvertisement)).Drop(),
        IPv6Frames.Rule().Match(NftField.IcmpV6Type, NftValue.Byte(Redirect)).Drop(),
        IPv6Frames.Rule().Match(NftField.IcmpV6Type, NftValue.Byte(NeighbourAdvertisement)).NotIn(Targets6, Target).Drop(),
        IPv6Frames.Rule()
            .Match(NftField.IcmpV6Type, NftValue.Byte(NeighbourSolicitation))
            .Match(NftField.IPv6Source, IPAddress.IPv6Any)
            .NotIn(Targets6, Target)
            .Drop(),
    ];

    private static NftField[] Target =>
    [
        NftField.InputInterface, NftField.EthernetSource, NftField.NeighbourTargetPrefix, NftField.NeighbourTargetHost,
    ];
}
