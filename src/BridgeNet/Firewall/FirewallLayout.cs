using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>
/// The table's constant part: its sets, maps, chains and rules. Networks and published ports are elements, so the rules are the same for
/// one container and a thousand, and a packet's cost does not depend on how many there are.
/// </summary>
internal static class FirewallLayout
{
    /// <summary>Set of ifname: the bridges of our networks.</summary>
    public const string Bridges = "bridges";

    /// <summary>Set of ipv4_addr ranges: the subnets of our networks.</summary>
    public const string Subnets = "subnets";

    /// <summary>Set of ifname . ifname: in and out by the same bridge.</summary>
    public const string Members = "members";

    /// <summary>Set of ifname . ipv4_addr ranges: each bridge with its own subnet.</summary>
    public const string Homes = "homes";

    /// <summary>Map from host address . protocol . port to container address . port.</summary>
    public const string Publish = "publish";

    /// <summary>Map from protocol . port, at every address of the host, to container address . port.</summary>
    public const string PublishAny = "publish_any";

    private const string Published = "published";

    private static readonly InterfaceName s_loopbackDevice = InterfaceName.Parse("lo");
    private static readonly IPNetwork s_loopback = IPNetwork.Parse("127.0.0.0/8");

    /// <summary>inet bridgenet.</summary>
    public static NftTableId Table { get; } = new(NftFamily.Inet, "bridgenet");

    /// <summary>Before connection tracking: nothing but the loopback speaks to or from 127/8, and nobody outside reaches into a subnet past NAT.</summary>
    private static NftChain Guard { get; } = Base("guard", NftChainType.Filter, NftHookPoint.Prerouting, NftPriority.Raw);

    /// <summary>Published ports for packets that come in.</summary>
    private static NftChain Prerouting { get; } = Base("prerouting", NftChainType.Nat, NftHookPoint.Prerouting, NftPriority.DestinationNat);

    /// <summary>Published ports for the host's own programs.</summary>
    private static NftChain Output { get; } = Base("output", NftChainType.Nat, NftHookPoint.Output, NftPriority.DestinationNat);

    /// <summary>What may pass into a network.</summary>
    private static NftChain Forward { get; } = Base("forward", NftChainType.Filter, NftHookPoint.Forward, NftPriority.Filter);

    /// <summary>Where a container's own address would lead an answer astray.</summary>
    private static NftChain Postrouting { get; } = Base("postrouting", NftChainType.Nat, NftHookPoint.Postrouting, NftPriority.SourceNat);

    private static NftChain PublishedPorts { get; } = new() { Table = Table, Name = Published };

    /// <summary>The sets and maps, empty.</summary>
    public static ValueList<NftSet> Sets { get; } =
    [
        new NftSet { Table = Table, Name = Bridges, KeyTypes = [NftType.InterfaceName] },
        new NftSet { Table = Table, Name = Subnets, KeyTypes = [NftType.IPv4Address], Flags = NftSetFlags.Interval },
        new NftSet { Table = Table, Name = Members, KeyTypes = [NftType.InterfaceName, NftType.InterfaceName] },
        new NftSet { Table = Table, Name = Homes, KeyTypes = [NftType.InterfaceName, NftType.IPv4Address], Flags = NftSetFlags.Interval },
        new NftSet
        {
            Table = Table,
            Name = Publish,
            KeyTypes = [NftType.IPv4Address, NftType.Protocol, NftType.Service],
            DataTypes = [NftType.IPv4Address, NftType.Service],
        },
        new NftSet
        {
            Table = Table,
            Name = PublishAny,
            KeyTypes = [NftType.Protocol, NftType.Service],
            DataTypes = [NftType.IPv4Address, NftType.Service],
        },
    ];

    /// <summary>The chains.</summary>
    public static ValueList<NftChain> Chains { get; } = [Guard, Prerouting, Output, PublishedPorts, Forward, Postrouting];

    /// <summary>The rules. Their order within a chain matters.</summary>
    public static ValueList<NftRule> Rules { get; } =
    [
        Guard.Rule().Match(NftField.InputInterface, s_loopbackDevice).Accept(),
        Guard.Rule().Match(NftField.IPv4Destination, s_loopback).Drop(),
        Guard.Rule().Match(NftField.IPv4Source, s_loopback).Drop(),
        Guard.Rule().NotIn(Bridges, NftField.InputInterface).In(Subnets, NftField.IPv4Destination).Drop(),

        Prerouting.Rule().Match(NftField.DestinationAddressType, FibAddressType.Local).Jump(Published),
        Output.Rule().Match(NftField.DestinationAddressType, FibAddressType.Local).Jump(Published),
        PublishedPorts.Rule().DestinationNatMap(
            NftFamily.IPv4, Publish, NftField.IPv4Destination, NftField.TransportProtocol, NftField.DestinationPort),
        PublishedPorts.Rule().DestinationNatMap(
            NftFamily.IPv4, PublishAny, NftField.TransportProtocol, NftField.DestinationPort),

        Forward.Rule().MatchState(CtStateFlags.Established | CtStateFlags.Related).Accept(),
        Forward.Rule().MatchStatus(CtStatusFlags.DestinationNat).Accept(),
        Forward.Rule().In(Members, NftField.InputInterface, NftField.OutputInterface).Accept(),
        Forward.Rule().In(Bridges, NftField.OutputInterface).Drop(),

        // A container that reaches itself or a peer through a published port: the answer must come back by the host. It is known by its
        // address, because with bridge-nf-call-iptables packets come here from the bridge itself, and then have no input interface.
        Postrouting.Rule().In(Homes, NftField.OutputInterface, NftField.IPv4Source).MatchStatus(CtStatusFlags.DestinationNat).Masquerade(),
        // A program of the host at localhost: 127/8 means nothing to the container.
        Postrouting.Rule().In(Bridges, NftField.OutputInterface).Match(NftField.IPv4Source, s_loopback).Masquerade(),
        // A container that leaves its subnet: the world knows only the host.
        Postrouting.Rule().In(Subnets, NftField.IPv4Source).NotIn(Bridges, NftField.OutputInterface).Masquerade(),
    ];

    /// <summary>Writes all of it; EEXIST if there is a table of that name.</summary>
    public static void Write(NftTransaction transaction)
    {
        transaction.CreateTable(new NftTable { Id = Table });
        foreach (NftSet set in Sets)
        {
            transaction.AddSet(set);
        }
        foreach (NftChain chain in Chains)
        {
            transaction.AddChain(chain);
        }
        foreach (NftRule rule in Rules)
        {
            transaction.AddRule(rule);
        }
    }

    private static NftChain Base(string name, NftChainType type, NftHookPoint point, int priority) => new()
    {
        Table = Table,
        Name = name,
        Type = type,
        Hook = new NftHook { Point = point, Priority = priority },
        Policy = NftPolicy.Accept,
    };
}
