using System.Net;
using System.Net.Sockets;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Netlink.Tests.Netfilter;

/// <summary>Goldens/expressions.nft in our words: what rules can say beside what the driver's say.</summary>
internal static class ExpressionsTable
{
    private static readonly NftTableId s_id = new(NftFamily.Inet, "sample");

    public static NftContent Content { get; } = new()
    {
        Table = new NftTable { Id = s_id },
        Objects = [new NftCounter { Table = s_id, Name = "hits" }],
        Sets =
        [
            new NftSet { Table = s_id, Name = "leave", KeyTypes = [NftType.InterfaceName], DataTypes = [NftType.Verdict] },
            new NftSet { Table = s_id, Name = "served", KeyTypes = [NftType.Service], Flags = NftSetFlags.Interval },
            new NftSet
            {
                Table = s_id,
                Name = "publish6",
                KeyTypes = [NftType.IPv6Address, NftType.Protocol, NftType.Service],
                DataTypes = [NftType.IPv6Address, NftType.Service],
            },
        ],
        Chains =
        [
            new NftChain { Table = s_id, Name = "other" },
            Base("first", NftChainType.Filter, NftHookPoint.Input, NftPriority.Filter - 5, NftPolicy.Drop),
            Base("coming", NftChainType.Nat, NftHookPoint.Prerouting, NftPriority.DestinationNat, NftPolicy.Accept),
            Base("leaving", NftChainType.Nat, NftHookPoint.Postrouting, NftPriority.SourceNat, NftPolicy.Accept),
        ],
        Rules = [.. First(), .. Coming(), .. Leaving()],
    };

    private static IEnumerable<NftRule> First() =>
    [
        Rule("first").VerdictMap("leave", NftField.OutputInterface),
        Rule("first").Counter().Drop(),
        Rule("first").Counter("hits").Build(),
        Rule("first").Match(NftField.TcpDestinationPort, 80).Counter().Accept(),
        Rule("first").MatchRange(NftField.TcpDestinationPort, NftValue.Port(80), NftValue.Port(90)).Accept(),
        Rule("first").In("served", NftField.UdpSourcePort).Comment("dns").Accept(),
        Rule("first").Reject(),
        Rule("first").Match(NftField.TcpDestinationPort, 81).RejectWithReset(),
        Rule("first").Limit(10).Log("x").Build(),
        Rule("first").SetMark(0x10).Build(),
        Rule("first").SetConnectionMark(5).Build(),
        Rule("first").Match(NftField.ConnectionDirection, NftValue.Byte((byte)CtDirection.Original)).Accept(),
        Rule("first").Match(NftField.EthernetSource, NftValue.Mac(MacAddress.Parse("02:42:ac:11:00:02"))).Accept(),
        Rule("first").Match(NftField.IPv6Source, IPNetwork.Parse("fe80::/10")).Drop(),
        Rule("first").Match(NftField.IPv6Destination, IPNetwork.Parse("fd00:17::/64"))
            .MatchNot(NftField.IPv6Source, IPAddress.Parse("fd00:17::2")).Drop(),
        Rule("first").MatchNot(NftField.IPv4Source, IPNetwork.Parse("10.0.0.0/12")).Drop(),
        Rule("first").MatchMasked(NftField.Mark, NftValue.UInt32(0xff), NftValue.UInt32(0x10)).Accept(),
        Rule("first").MatchState(CtStateFlags.New).Goto("other"),
        Rule("first").Match(NftField.ConnectionMark, NftValue.UInt32(5)).Return(),
        Rule("first").Match(NftField.TransportProtocol, NftValue.Protocol(ProtocolType.Udp))
            .Add(new VerdictExpression { Verdict = NftVerdict.Continue }).Build(),
        Rule("first").MatchNot(NftField.InputInterfaceIndex, NftValue.UInt32(1))
            .Match(NftField.IPv4Destination, IPAddress.Parse("10.0.0.1")).Return(),
        Rule("first").Match(NftField.SourceAddressType, FibAddressType.Broadcast).Drop(),
        Rule("first").MatchPrefix(NftField.InputInterface, "veth").Drop(),
    ];

    private static IEnumerable<NftRule> Coming() =>
    [
        Rule("coming").Match(NftField.TransportProtocol, NftValue.Protocol(ProtocolType.Tcp)).DestinationNat(IPAddress.Parse("172.17.0.2"), 80),
        Rule("coming").DestinationNatMap(
            NftFamily.IPv6, "publish6", NftField.IPv6Destination, NftField.TransportProtocol, NftField.DestinationPort),
        Rule("coming").Match(NftField.UdpDestinationPort, 53).DestinationNat(IPAddress.Parse("fd00:17::2"), 53),
        Rule("coming").Match(NftField.TcpDestinationPort, 54).Redirect(53),
    ];

    private static IEnumerable<NftRule> Leaving() =>
    [
        Rule("leaving").SourceNat(IPAddress.Parse("10.0.0.1")),
        Rule("leaving").Masquerade(NatFlags.Random | NatFlags.Persistent),
    ];

    private static NftChain Base(string name, NftChainType type, NftHookPoint point, int priority, NftPolicy policy) =>
        new() { Table = s_id, Name = name, Type = type, Hook = new NftHook { Point = point, Priority = priority }, Policy = policy };

    private static NftRuleBuilder Rule(string chain) => new(s_id, chain);
}
