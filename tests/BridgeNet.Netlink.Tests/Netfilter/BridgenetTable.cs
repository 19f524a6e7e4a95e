using System.Net;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Netlink.Tests.Netfilter;

/// <summary>Goldens/bridgenet.nft in our words: the ruleset that the driver needs.</summary>
internal static class BridgenetTable
{
    private static readonly NftTableId s_id = new(NftFamily.Inet, "bridgenet");
    private static readonly IPNetwork s_loopback = IPNetwork.Parse("127.0.0.0/8");

    public static NftContent Content { get; } = new()
    {
        Table = new NftTable { Id = s_id },
        Sets =
        [
            new NftSet { Table = s_id, Name = "bridges", KeyTypes = [NftType.InterfaceName] },
            new NftSet { Table = s_id, Name = "subnets", KeyTypes = [NftType.IPv4Address], Flags = NftSetFlags.Interval },
            new NftSet { Table = s_id, Name = "members", KeyTypes = [NftType.InterfaceName, NftType.InterfaceName] },
            new NftSet
            {
                Table = s_id,
                Name = "publish",
                KeyTypes = [NftType.IPv4Address, NftType.Protocol, NftType.Service],
                DataTypes = [NftType.IPv4Address, NftType.Service],
            },
            new NftSet
            {
                Table = s_id,
                Name = "publish_any",
                KeyTypes = [NftType.Protocol, NftType.Service],
                DataTypes = [NftType.IPv4Address, NftType.Service],
            },
        ],
        Chains =
        [
            Base("guard", NftChainType.Filter, NftHookPoint.Prerouting, NftPriority.Raw),
            Base("prerouting", NftChainType.Nat, NftHookPoint.Prerouting, NftPriority.DestinationNat),
            Base("output", NftChainType.Nat, NftHookPoint.Output, NftPriority.DestinationNat),
            new NftChain { Table = s_id, Name = "published" },
            Base("forward", NftChainType.Filter, NftHookPoint.Forward, NftPriority.Filter),
            Base("postrouting", NftChainType.Nat, NftHookPoint.Postrouting, NftPriority.SourceNat),
        ],
        Rules =
        [
            Rule("guard").Match(NftField.InputInterface, InterfaceName.Parse("lo")).Accept(),
            Rule("guard").Match(NftField.IPv4Destination, s_loopback).Drop(),
            Rule("guard").Match(NftField.IPv4Source, s_loopback).Drop(),
            Rule("guard").NotIn("bridges", NftField.InputInterface).In("subnets", NftField.IPv4Destination).Drop(),

            Rule("prerouting").Match(NftField.DestinationAddressType, FibAddressType.Local).Jump("published"),
            Rule("output").Match(NftField.DestinationAddressType, FibAddressType.Local).Jump("published"),

            Rule("published").DestinationNatMap(
                NftFamily.IPv4, "publish", NftField.IPv4Destination, NftField.TransportProtocol, NftField.DestinationPort),
            Rule("published").DestinationNatMap(NftFamily.IPv4, "publish_any", NftField.TransportProtocol, NftField.DestinationPort),

            Rule("forward").MatchState(CtStateFlags.Established | CtStateFlags.Related).Accept(),
            Rule("forward").MatchStatus(CtStatusFlags.DestinationNat).Accept(),
            Rule("forward").In("members", NftField.InputInterface, NftField.OutputInterface).Accept(),
            Rule("forward").In("bridges", NftField.OutputInterface).Drop(),

            Rule("postrouting").In("members", NftField.InputInterface, NftField.OutputInterface)
                .MatchStatus(CtStatusFlags.DestinationNat).Masquerade(),
            Rule("postrouting").In("bridges", NftField.OutputInterface).Match(NftField.IPv4Source, s_loopback).Masquerade(),
            Rule("postrouting").In("subnets", NftField.IPv4Source).NotIn("bridges", NftField.OutputInterface).Masquerade(),
        ],
    };

    private static NftChain Base(string name, NftChainType type, NftHookPoint point, int priority) => new()
    {
        Table = s_id,
        Name = name,
        Type = type,
        Hook = new NftHook { Point = point, Priority = priority },
        Policy = NftPolicy.Accept,
    };

    private static NftRuleBuilder Rule(string chain) => new(s_id, chain);
}
