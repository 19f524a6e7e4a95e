using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>
/// The constant part of <c>table inet bridgenet</c>: its sets, maps and chains. Networks, endpoints and published ports are elements, so the
/// rules are the same for one container and a thousand, and a packet's cost does not depend on how many there are.
/// </summary>
internal static class FirewallLayout
{
    /// <summary>Set of ifname: the bridges of our networks.</summary>
    public const string Bridges = "bridges";

    /// <summary>Set of ifname . ifname: in and out by the same bridge.</summary>
    public const string Members = "members";

    /// <summary>Set of ifname . ifname: in and out by the same bridge, where containers must not talk to each other.</summary>
    public const string Quiet = "quiet";

    /// <summary>Set of ifname: the bridges of internal networks.</summary>
    public const string Internal = "internal";

    /// <summary>
    /// Set of ifname: the bridges of networks that were there before. Such a bridge may be the host's way out, so not everything that leaves by it
    /// enters the network.
    /// </summary>
    public const string Adopted = "adopted";

    /// <summary>Map from nf_proto . ifname to a verdict: what happens to a connection into a network, by its gateway mode.</summary>
    public const string Inbound = "inbound";

    /// <summary>The port is published at every address of the host.</summary>
    public const uint EveryAddress = 1;

    /// <summary>The port is published at one address or several.</summary>
    public const uint OneAddress = 2;

    /// <summary>The chain of connections into networks in nat mode.</summary>
    public const string IntoNat = "into_nat";

    /// <summary>The chain of connections into networks in routed mode.</summary>
    public const string IntoRouted = "into_routed";

    /// <summary>The chain of connections to ports that are open to some clients only.</summary>
    public const string Limits = "limits";

    /// <summary>The chain of connections to the host's own addresses.</summary>
    public const string Published = "published";

    /// <summary>After connection tracking, which is at -200.</summary>
    private const int GuardPriority = -190;

    /// <summary>After mangle's usual place and connection tracking, before destination NAT.</summary>
    private const int CountRepliesPriority = -150;

    /// <summary>Before source NAT.</summary>
    private const int CountRequestsPriority = 99;

    /// <summary>inet bridgenet.</summary>
    /// <remarks>A property, like the names: code that only adds elements need not create all the sets and chains of this class's fields.</remarks>
    public static NftTableId Table => new(NftFamily.Inet, "bridgenet");

    /// <summary>
    /// Nothing but the loopback speaks to or from 127/8, and nobody outside begins to speak to a subnet past NAT. It stands behind connection
    /// tracking, by which it knows what is an answer, and before everything that changes a packet.
    /// </summary>
    public static NftChain Guard { get; } = Table.BaseChain("guard", NftChainType.Filter, NftHookPoint.Prerouting, GuardPriority);

    /// <summary>Counts the answers of published ports.</summary>
    public static NftChain CountReplies { get; } =
        Table.BaseChain("count_replies", NftChainType.Filter, NftHookPoint.Prerouting, CountRepliesPriority);

    /// <summary>Translates published ports for incoming packets.</summary>
    public static NftChain Prerouting { get; } = Table.BaseChain("prerouting", NftChainType.Nat, NftHookPoint.Prerouting, NftPriority.DestinationNat);

    /// <summary>Translates published ports for the host's own programs.</summary>
    public static NftChain Output { get; } = Table.BaseChain("output", NftChainType.Nat, NftHookPoint.Output, NftPriority.DestinationNat);

    /// <summary>See <see cref="Published"/>.</summary>
    public static NftChain HostAddresses { get; } = Table.Chain(Published);

    /// <summary>Decides which packets pass into a network and out of one.</summary>
    public static NftChain Forward { get; } = Table.BaseChain("forward", NftChainType.Filter, NftHookPoint.Forward, NftPriority.Filter);

    /// <summary>See <see cref="IntoNat"/>.</summary>
    public static NftChain NatNetworks { get; } = Table.Chain(IntoNat);

    /// <summary>See <see cref="IntoRouted"/>.</summary>
    public static NftChain RoutedNetworks { get; } = Table.Chain(IntoRouted);

    /// <summary>See <see cref="Limits"/>.</summary>
    public static NftChain LimitedPorts { get; } = Table.Chain(Limits);

    /// <summary>Keeps the host from ending connections of which it has no part.</summary>
    public static NftChain HostResets { get; } = Table.BaseChain("host_resets", NftChainType.Filter, NftHookPoint.Output, NftPriority.Filter);

    /// <summary>Counts the requests to published ports.</summary>
    public static NftChain CountRequests { get; } =
        Table.BaseChain("count_requests", NftChainType.Filter, NftHookPoint.Postrouting, CountRequestsPriority);

    /// <summary>Translates sources: where answers to the container's own address would go astray.</summary>
    public static NftChain Postrouting { get; } = Table.BaseChain("postrouting", NftChainType.Nat, NftHookPoint.Postrouting, NftPriority.SourceNat);

    /// <summary>The sets and maps, empty.</summary>
    public static ValueList<NftSet> Sets { get; } =
    [
        Table.Set(Bridges, NftType.InterfaceName),
        Table.Set(Members, NftType.InterfaceName, NftType.InterfaceName),
        Table.Set(Quiet, NftType.InterfaceName, NftType.InterfaceName),
        Table.Set(Internal, NftType.InterfaceName),
        Table.Set(Adopted, NftType.InterfaceName),
        Table.Set(Inbound, NftType.NetfilterProtocol, NftType.InterfaceName) with { DataTypes = [NftType.Verdict] },
        .. SetsOf(FamilySets.V4),
        .. SetsOf(FamilySets.V6),
    ];

    /// <summary>The chains. Each stands before the maps and rules that lead to it.</summary>
    public static ValueList<NftChain> Chains { get; } =
    [
        Guard, CountReplies, Prerouting, Output, HostAddresses, Forward, NatNetworks, RoutedNetworks, LimitedPorts, HostResets, CountRequests,
        Postrouting,
    ];

    private static IEnumerable<NftSet> SetsOf(FamilySets family) =>
    [
        Table.Ranges(family.Guarded, family.Address),
        Table.Ranges(family.Trusted, NftType.InterfaceName, family.Address),
        Table.Ranges(family.Homes, NftType.InterfaceName, family.Address),
        Table.Ranges(family.Masqueraded, family.Address),
        Table.Ranges(family.Unmasqueraded, family.Address),
        Table.Ranges(family.Sources, family.Address) with { DataTypes = [family.Address] },
        Table.Set(family.Publish, family.Address, NftType.Protocol, NftType.Service)
            with { DataTypes = [family.Address, NftType.Service], HasCounters = true },
        Table.Set(family.PublishAny, NftType.Protocol, NftType.Service) with { DataTypes = [family.Address, NftType.Service], HasCounters = true },
        Table.Ranges(family.PublishRanges, NftType.Protocol, NftType.Service) with { DataTypes = [family.Address], HasCounters = true },
        .. family.Claims.Select(claims => Table.Ranges(claims, NftType.Service) with { DataTypes = [NftType.Mark] }),
        Table.Set(family.Open, family.Address, NftType.Protocol, NftType.Service) with { DataTypes = [NftType.Verdict] },
        Table.Ranges(family.OpenRanges, family.Address, NftType.Protocol, NftType.Service) with { DataTypes = [NftType.Verdict] },
        Table.Ranges(family.Admitted, family.Address, family.Address, NftType.Protocol, NftType.Service),
        Table.Set(family.Traffic, family.Address, NftType.Protocol, NftType.Service) with { HasCounters = true },
        Table.Ranges(family.TrafficRanges, family.Address, NftType.Protocol, NftType.Service) with { HasCounters = true },
    ];
}
