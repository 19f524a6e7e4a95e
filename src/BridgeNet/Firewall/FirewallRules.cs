using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

using static BridgeNet.Firewall.FirewallLayout;

namespace BridgeNet.Firewall;

/// <summary>The rules of <c>table inet bridgenet</c>, in order within each chain. Without any of them a test's packet goes astray.</summary>
internal static class FirewallRules
{
    /// <summary>The bit RST of the TCP flags, RFC 9293 section 3.1.</summary>
    private const byte TcpReset = 4;

    private static readonly InterfaceName s_loopbackDevice = InterfaceName.Parse("lo");
    private static readonly IPNetwork s_loopback = IPNetwork.Parse("127.0.0.0/8");
    private static readonly IPNetwork s_linkLocal = IPNetwork.Parse("fe80::/10");

    /// <summary>All of them.</summary>
    public static ValueList<NftRule> All { get; } =
    [
        .. OfGuard(), .. OfCounting(), .. OfPublishedPorts(), .. OfForward(), .. OfGatewayModes(), .. OfHostResets(), .. OfPostrouting(),
    ];

    private static IEnumerable<NftRule> OfGuard() =>
    [
        Guard.Rule().Match(NftField.InputInterface, s_loopbackDevice).Accept(),
        Guard.Rule().Match(NftField.IPv4Destination, s_loopback).Drop(),
        Guard.Rule().Match(NftField.IPv4Source, s_loopback).Drop(),
        // Answers to a container without masquerading come to its own address; to other containers only forged answers would.
        .. ForEach(family => Guard.Rule()
            .In(family.Unmasqueraded, family.Destination)
            .MatchState(CtStateFlags.Established | CtStateFlags.Related)
            .Accept()),
        .. ForEach(family => Guard.Rule()
            .NotIn(Bridges, NftField.InputInterface)
            .In(family.Guarded, family.Destination)
            .NotIn(family.Trusted, NftField.InputInterface, family.Destination)
            .Drop()),
    ];

    private static IEnumerable<NftRule> OfCounting() =>
    [
        .. ForEachTraffic((family, set) => Counting(CountReplies, CtDirection.Reply)
            .In(set, family.Source, NftField.TransportProtocol, NftField.SourcePort)
            .Build()),
        .. ForEachTraffic((family, set) => Counting(CountRequests, CtDirection.Original).In(set, PortOf(family)).Build()),
    ];

    private static IEnumerable<NftRule> OfPublishedPorts() =>
    [
        Prerouting.Rule().Match(NftField.DestinationAddressType, FibAddressType.Local).Jump(Published),
        Output.Rule().Match(NftField.DestinationAddressType, FibAddressType.Local).Jump(Published),
        // Containers cannot answer these: their source addresses mean nothing beyond the link, or outside the host.
        HostAddresses.Rule().Match(NftField.IPv6Source, IPAddress.IPv6Loopback).Return(),
        HostAddresses.Rule().Match(NftField.IPv6Source, s_linkLocal).Return(),
        .. ForEach(family => HostAddresses.Rule().DestinationNatMap(family.Family, family.Publish, PortOf(family))),
        .. ForEach(family => HostAddresses.Rule()
            .DestinationNatMap(family.Family, family.PublishAny, NftField.TransportProtocol, NftField.DestinationPort)),
        .. ForEach(family => HostAddresses.Rule()
            .DestinationAddressMap(family.Family, family.PublishRanges, NftField.TransportProtocol, NftField.DestinationPort)),
    ];

    /// <summary>These rules for internal networks come first: otherwise a published port of another network would be a way out.</summary>
    private static IEnumerable<NftRule> OfForward() =>
    [
        Forward.Rule().In(Internal, NftField.InputInterface).NotIn(Members, NftField.InputInterface, NftField.OutputInterface).Drop(),
        Forward.Rule().In(Internal, NftField.OutputInterface).NotIn(Members, NftField.InputInterface, NftField.OutputInterface).Drop(),
        Forward.Rule().MatchState(CtStateFlags.Established | CtStateFlags.Related).Accept(),
        .. ForEach(family => Forward.Rule().MatchStatus(CtStatusFlags.DestinationNat).VerdictMap(family.Open, PortOf(family))),
        Forward.Rule().MatchStatus(CtStatusFlags.DestinationNat).Accept(),
        Forward.Rule().In(Quiet, NftField.InputInterface, NftField.OutputInterface).Drop(),
        Forward.Rule().In(Members, NftField.InputInterface, NftField.OutputInterface).Accept(),
        // What belongs to no connection is not translated: it would leave with the container's own address.
        .. ForEach(family => Forward.Rule().MatchState(CtStateFlags.Invalid).In(family.Masqueraded, family.Source).Drop()),
        .. ForEach(family => Forward.Rule()
            .In(Adopted, NftField.OutputInterface)
            .NotIn(family.Homes, NftField.OutputInterface, family.Destination)
            .Accept()),
        Forward.Rule().VerdictMap(Inbound, NftField.NetfilterProtocol, NftField.OutputInterface),
    ];

    /// <summary>
    /// A segment outside a connection's window belongs to no connection, so it is not translated back to the container: it comes to the host. That
    /// must not answer with a reset, which would end the container's connection.
    /// </summary>
    private static IEnumerable<NftRule> OfHostResets() =>
    [
        HostResets.Rule().MatchState(CtStateFlags.Invalid).MatchMasked(NftField.TcpFlags, NftValue.Byte(TcpReset), NftValue.Byte(TcpReset)).Drop(),
    ];

    private static IEnumerable<NftRule> OfGatewayModes() =>
    [
        NatNetworks.Rule().In(Bridges, NftField.InputInterface).Drop(),
        .. ForEach(family => NatNetworks.Rule().VerdictMap(family.Open, PortOf(family))),
        .. ForEach(family => NatNetworks.Rule().VerdictMap(family.OpenRanges, PortOf(family))),
        NatNetworks.Rule().Drop(),
        RoutedNetworks.Rule().Match(NftField.TransportProtocol, NftValue.Protocol(ProtocolType.Icmp)).Accept(),
        RoutedNetworks.Rule().Match(NftField.TransportProtocol, NftValue.Protocol(ProtocolType.IcmpV6)).Accept(),
        .. ForEach(family => RoutedNetworks.Rule().VerdictMap(family.Open, PortOf(family))),
        .. ForEach(family => RoutedNetworks.Rule().VerdictMap(family.OpenRanges, PortOf(family))),
        RoutedNetworks.Rule().Drop(),
        .. ForEach(family => LimitedPorts.Rule()
            .In(family.Admitted, family.Source, family.Destination, NftField.TransportProtocol, NftField.DestinationPort)
            .Accept()),
        LimitedPorts.Rule().Drop(),
    ];

    private static IEnumerable<NftRule> OfPostrouting() =>
    [
        // A container reaches itself or a peer through a published port: the answer must come back through the host. The rule matches the address,
        // because with bridge-nf-call-iptables packets come from the bridge itself and have no input interface.
        .. ForEach(family => Postrouting.Rule()
            .In(family.Homes, NftField.OutputInterface, family.Source)
            .MatchStatus(CtStatusFlags.DestinationNat)
            .Masquerade()),
        // It reaches a container of another network, which may be itself or a neighbour on a second network: such a one would answer past the host.
        .. ForEach(family => Postrouting.Rule()
            .In(Bridges, NftField.OutputInterface)
            .In(family.Masqueraded, family.Source)
            .MatchStatus(CtStatusFlags.DestinationNat)
            .Masquerade()),
        // A program of the host connects from localhost: 127/8 means nothing to the container.
        Postrouting.Rule().In(Bridges, NftField.OutputInterface).Match(NftField.IPv4Source, s_loopback).Masquerade(),
        // A container's connection leaves its subnet: the outside sees only the host's address.
        .. ForEach(family => Postrouting.Rule()
            .NotIn(Bridges, NftField.OutputInterface)
            .SourceNatMap(family.Family, family.Sources, family.Source)),
        .. ForEach(family => Postrouting.Rule()
            .In(family.Masqueraded, family.Source)
            .NotIn(Bridges, NftField.OutputInterface)
            .Masquerade()),
        // It also leaves its subnet where an adopted bridge is the host's way out.
        .. ForEach(family => BesideAdopted(family).SourceNatMap(family.Family, family.Sources, family.Source)),
        .. ForEach(family => BesideAdopted(family).In(family.Masqueraded, family.Source).Masquerade()),
    ];

    private static NftRuleBuilder BesideAdopted(FamilySets family) => Postrouting.Rule()
        .In(Adopted, NftField.OutputInterface)
        .NotIn(Members, NftField.InputInterface, NftField.OutputInterface)
        .NotIn(family.Homes, NftField.OutputInterface, family.Destination);

    private static NftField[] PortOf(FamilySets family) => [family.Destination, NftField.TransportProtocol, NftField.DestinationPort];

    private static NftRuleBuilder Counting(NftChain chain, CtDirection direction) => chain.Rule()
        .MatchStatus(CtStatusFlags.DestinationNat)
        .Match(NftField.ConnectionDirection, NftValue.Byte((byte)direction));

    private static IEnumerable<NftRule> ForEachTraffic(Func<FamilySets, string, NftRule> rule) =>
        ForEach(family => rule(family, family.Traffic)).Concat(ForEach(family => rule(family, family.TrafficRanges)));

    private static IEnumerable<NftRule> ForEach(Func<FamilySets, NftRule> rule) => [rule(FamilySets.V4), rule(FamilySets.V6)];
}
