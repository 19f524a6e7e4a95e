using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>
/// The constant part of <c>table inet bridgenet_cni</c>. Containers and ports are elements, so a packet's cost does not depend on how many there are.
/// The table drops only what bridges' policies forbid, packets from outside for 127/8, and what connection tracking calls invalid of masqueraded
/// connections.
/// </summary>
internal static class CniLayout
{
    /// <summary>Set of ifname . ifname: in and out by the same bridge, for bridges with a policy that allows it.</summary>
    public const string Members = "members";

    /// <summary>Set of ifname: the bridges with a policy other than open.</summary>
    public const string Policed = "policed";

    private const string PublishedPorts = "published";

    private const string InvalidPackets = "invalid";

    private static readonly InterfaceName s_loopbackDevice = InterfaceName.Parse("lo");
    private static readonly IPNetwork s_loopback = IPNetwork.Parse("127.0.0.0/8");
    private static readonly IPNetwork s_multicast4 = IPNetwork.Parse("224.0.0.0/4");
    private static readonly IPNetwork s_multicast6 = IPNetwork.Parse("ff00::/8");

    private static NftChain Guard { get; } = Table.BaseChain("guard", NftChainType.Filter, NftHookPoint.Prerouting, NftPriority.Raw);

    private static NftChain Prerouting { get; } =
        Table.BaseChain("prerouting", NftChainType.Nat, NftHookPoint.Prerouting, NftPriority.DestinationNat);

    private static NftChain Output { get; } = Table.BaseChain("output", NftChainType.Nat, NftHookPoint.Output, NftPriority.DestinationNat);

    /// <summary>inet bridgenet_cni.</summary>
    /// <remarks>A property: code that only names the table need not create the objects of this class's fields.</remarks>
    public static NftTableId Table => new(NftFamily.Inet, "bridgenet_cni");

    private static NftChain Published { get; } = Table.Chain(PublishedPorts);

    private static NftChain Forward { get; } = Table.BaseChain("forward", NftChainType.Filter, NftHookPoint.Forward, NftPriority.Filter);

    private static NftChain Invalid { get; } = Table.Chain(InvalidPackets);

    private static NftChain Resets { get; } = Table.BaseChain("resets", NftChainType.Filter, NftHookPoint.Output, NftPriority.Filter);

    private static NftChain Postrouting { get; } = Table.BaseChain("postrouting", NftChainType.Nat, NftHookPoint.Postrouting, NftPriority.SourceNat);

    /// <summary>The sets and maps, empty.</summary>
    private static ValueList<NftSet> Sets { get; } =
    [
        Table.Set(Policed, NftType.InterfaceName),
        Table.Set(Members, NftType.InterfaceName, NftType.InterfaceName),
        .. CniSets.All.SelectMany(family => (NftSet[])
        [
            Table.Set(family.Masqueraded, family.Address),
            Table.Ranges(family.Neighbours, family.Address, family.Address),
            Table.Set(family.Ports, family.Address, NftType.Protocol, NftType.Service) with { DataTypes = [family.Address, NftType.Service] },
            Table.Set(family.PortsAny, NftType.Protocol, NftType.Service) with { DataTypes = [family.Address, NftType.Service] },
            Table.Set(family.Spare, family.Address, NftType.Protocol, NftType.Service, NftType.Mark)
                with { DataTypes = [family.Address, NftType.Service] },
            Table.Ranges(family.Hairpin, family.Address, family.Address),
            Table.Set(family.Hidden, family.Address),
            Table.Set(family.Accepted, family.Address),
        ]),
    ];

    /// <summary>The sets whose elements name their owner.</summary>
    public static ValueList<string> OwnedSets { get; } = [.. Sets.Select(set => set.Name).Where(name => name is not (Policed or Members))];

    /// <summary>The chains. Each stands before the rules that jump to it.</summary>
    private static ValueList<NftChain> Chains { get; } = [Guard, Published, Prerouting, Output, Invalid, Forward, Resets, Postrouting];

    /// <summary>The rules, in their order within each chain.</summary>
    private static ValueList<NftRule> Rules { get; } =
    [
        // Localhost reaches containers (route_localnet), but nobody outside may reach localhost by that.
        Guard.Rule().MatchNot(NftField.InputInterface, s_loopbackDevice).Match(NftField.IPv4Destination, s_loopback).Drop(),
        Guard.Rule().MatchNot(NftField.InputInterface, s_loopbackDevice).Match(NftField.IPv4Source, s_loopback).Drop(),
        Prerouting.Rule().Match(NftField.DestinationAddressType, FibAddressType.Local).Jump(PublishedPorts),
        Output.Rule().Match(NftField.DestinationAddressType, FibAddressType.Local).Jump(PublishedPorts),
        .. ForEach(family => Published.Rule()
            .DestinationNatMap(family.Family, family.Ports, family.Destination, NftField.TransportProtocol, NftField.DestinationPort)),
        .. ForEach(family => Published.Rule()
            .DestinationNatMap(family.Family, family.PortsAny, NftField.TransportProtocol, NftField.DestinationPort)),
        // What connection tracking calls invalid is not translated: a container's late RST would leave with the container's own address.
        Forward.Rule().MatchState(CtStateFlags.Invalid).Jump(InvalidPackets),
        .. ForEach(family => Invalid.Rule().In(family.Neighbours, family.Source, family.Destination).Return()),
        .. ForEach(family => Invalid.Rule().In(family.Masqueraded, family.Source).Drop()),
        // Nor is an invalid answer for a container: it ends at the host, which knows no such connection and would have the sender end it.
        IfReset(Resets.Rule().MatchState(CtStateFlags.Invalid).Match(NftField.TransportProtocol, NftValue.Protocol(ProtocolType.Tcp))).Drop(),
        Forward.Rule().MatchState(CtStateFlags.Established | CtStateFlags.Related).Accept(),
        Forward.Rule().MatchStatus(CtStatusFlags.DestinationNat).Accept(),
        Forward.Rule().In(Members, NftField.InputInterface, NftField.OutputInterface).Accept(),
        Forward.Rule().In(Policed, NftField.InputInterface).In(Policed, NftField.OutputInterface).Drop(),
        // A container reaches itself or a neighbour, or a program of the host connects from localhost: answers must come back through the host.
        .. ForEach(family => Postrouting.Rule()
            .MatchStatus(CtStatusFlags.DestinationNat)
            .In(family.Hairpin, family.Destination, family.Source)
            .Masquerade()),
        .. ForEach(family => Postrouting.Rule().MatchStatus(CtStatusFlags.DestinationNat).In(family.Hidden, family.Destination).Masquerade()),
        .. ForEach(family => Postrouting.Rule().In(family.Neighbours, family.Source, family.Destination).Return()),
        Postrouting.Rule().Match(NftField.IPv4Destination, s_multicast4).Return(),
        Postrouting.Rule().Match(NftField.IPv6Destination, s_multicast6).Return(),
        .. ForEach(family => Postrouting.Rule().In(family.Masqueraded, family.Source).Masquerade()),
    ];

    /// <summary>The whole table.</summary>
    public static TableLayout Layout { get; } = new(Table, Sets, Chains, Rules);

    /// <summary>An element of the table.</summary>
    public static TableElement Element(string set, NftElement element, bool isExclusive = false) => new(Table, set, element, isExclusive);

    /// <summary>Matches TCP segments with the flag RST (RFC 9293, section 3.1); behind a comparison of the protocol.</summary>
    private static NftRuleBuilder IfReset(NftRuleBuilder rule)
    {
        const uint FlagsOffset = 13;
        NftValue reset = NftValue.Byte(0x04), none = NftValue.Byte(0);
        return rule
            .Add(new PayloadExpression { Base = PayloadBase.TransportHeader, Offset = FlagsOffset, Length = 1, Register = NftRegister.R1 })
            .Add(new BitwiseExpression { Source = NftRegister.R1, Target = NftRegister.R1, Length = 1, Mask = reset, Xor = none })
            .Add(new CompareExpression { Register = NftRegister.R1, Operator = CompareOperator.NotEqual, Value = none });
    }

    private static IEnumerable<NftRule> ForEach(Func<CniSets, NftRule> rule) => CniSets.All.Select(rule);
}
