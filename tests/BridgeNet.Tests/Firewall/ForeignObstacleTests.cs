using System.Net;

using BridgeNet.Firewall;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Tests.Firewall;

public sealed class ForeignObstacleTests
{
    private const string Both = "policy drop: packets into docker0, packets out of docker0";

    private static readonly InterfaceName s_name = InterfaceName.Parse("docker0");
    private static readonly InterfaceName s_other = InterfaceName.Parse("eth0");
    private static readonly ForwardedBridge s_bridge = new(s_name) { Index = 7 };
    private static readonly NftTableId s_filter = new(NftFamily.IPv4, "filter");
    private static readonly NftTableId s_inet = new(NftFamily.Inet, "admin");

    [Fact]
    public void A_policy_of_accept_is_no_obstacle() => Why(Table(NftPolicy.Accept)).Should().BeNull();

    [Fact]
    public void A_policy_of_drop_is_one() => Why(Table(NftPolicy.Drop)).Should().Be(Both);

    [Fact]
    public void Both_directions_want_to_be_let_through()
    {
        NftRule input = Rule().Match(NftField.InputInterface, s_name).Accept();
        NftRule output = Rule().Match(NftField.OutputInterface, s_name).Accept();

        Why(Table(NftPolicy.Drop, input)).Should().Be("policy drop: packets into docker0");
        Why(Table(NftPolicy.Drop, output)).Should().Be("policy drop: packets out of docker0");
        Why(Table(NftPolicy.Drop, input, output)).Should().BeNull();
    }

    [Fact]
    public void New_connections_without_their_answers_are_of_no_use() =>
        Why(Table(NftPolicy.Drop, Rule().MatchState(CtStateFlags.New).Accept()))
            .Should().Be("policy drop: answers into docker0, answers out of docker0");

    [Fact]
    public void Published_ports_and_answers_alone_leave_containers_without_a_way_out() =>
        Why(Table(
            NftPolicy.Drop,
            Rule().MatchState(CtStateFlags.Established | CtStateFlags.Related).Accept(),
            Rule().MatchStatus(CtStatusFlags.DestinationNat).Accept())).Should().Be("policy drop: packets out of docker0");

    [Fact]
    public void What_a_rule_does_to_some_packets_counts_neither_way()
    {
        IPAddress address = IPAddress.Parse("10.0.0.1");

        Why(Table(NftPolicy.Drop, Rule().Match(NftField.IPv4Source, address).Accept())).Should().Be(Both);
        Why(Table(NftPolicy.Accept, Rule().Match(NftField.IPv4Source, address).Drop())).Should().BeNull();
        Why(Table(NftPolicy.Drop, Rule().Match(NftField.InputInterface, s_name).Match(NftField.IPv4Source, address).Accept())).Should().Be(Both);
        Why(Table(NftPolicy.Drop, Rule().Limit(10).Accept())).Should().Be(Both);
        Why(Table(NftPolicy.Drop, Rule().Match(NftField.InputInterface, s_name).Match(NftField.OutputInterface, s_other).Accept())).Should().Be(Both);
    }

    [Fact]
    public void What_stands_first_decides()
    {
        NftRule accept = Rule().Counter().Accept();

        Why(Table(NftPolicy.Accept, Rule().Reject(), accept)).Should().Be("a rule of FORWARD rejects: packets into docker0, packets out of docker0");
        Why(Table(NftPolicy.Drop, accept, Rule().Drop())).Should().BeNull();
        Why(Table(NftPolicy.Accept, Rule().MatchNot(NftField.InputInterface, s_name).Match(NftField.OutputInterface, s_name).Drop()))
            .Should().Be("a rule of FORWARD drops: packets into docker0");
    }

    [Fact]
    public void A_bridge_is_known_by_its_index_too()
    {
        NftRule index = Rule().Match(NftField.InputInterfaceIndex, NftValue.UInt32(7)).Accept();

        Why(Table(NftPolicy.Drop, index)).Should().Be("policy drop: packets into docker0");
        Why(Table(NftPolicy.Drop, index), s_bridge with { Index = null }).Should().Be(Both);
        Why(Table(NftPolicy.Drop, index), s_bridge with { Index = 8 }).Should().Be(Both);
    }

    [Fact]
    public void Jumps_come_back_and_gotos_do_not()
    {
        NftRule accept = Rule().Accept();
        NftRule returns = Rule("sub").Return(), drops = Rule("sub").Drop();

        Why(Table(NftPolicy.Drop, Rule().Jump("sub"), accept, returns, drops)).Should().BeNull();
        Why(Table(NftPolicy.Drop, Rule().Goto("sub"), accept, returns, drops)).Should().Be(Both);
        Why(Table(NftPolicy.Accept, Rule().Jump("sub"), accept, drops))
            .Should().Be("a rule of sub drops: packets into docker0, packets out of docker0");
        Why(Table(NftPolicy.Drop, Rule().Jump("gone"), Rule().Jump("FORWARD")))
            .Should().Be(Both, "a chain that vanished while it was read ends nothing");
    }

    [Fact]
    public void Only_the_families_of_the_network_matter()
    {
        ForwardedBridge dual = s_bridge with { HasIPv6 = true };
        NftRule onlyIPv4 = new NftRuleBuilder(s_inet, "FORWARD").Match(NftField.NetfilterProtocol, NftValue.Byte((byte)NftFamily.IPv4)).Accept();

        Why(Table(NftPolicy.Drop) with { Id = new NftTableId(NftFamily.IPv6, "filter") }).Should().BeNull();
        Why(Table(NftPolicy.Drop, onlyIPv4) with { Id = s_inet }).Should().BeNull();
        Why(Table(NftPolicy.Drop, onlyIPv4) with { Id = s_inet }, dual).Should().Be(Both);
    }

    [Fact]
    public void Extensions_of_iptables_that_are_not_known_let_nothing_through()
    {
        NftRule commented = Rule().Add(Extension("comment")).Accept();
        NftRule marked = Rule().Add(Extension("mark")).Accept();
        NftRule rejected = Rule().Add(new CompatExpression { IsTarget = true, Extension = "REJECT" }).Build();
        NftRule logged = Rule().Add(new CompatExpression { IsTarget = true, Extension = "LOG" }).Build();

        Why(Table(NftPolicy.Drop, commented)).Should().BeNull();
        Why(Table(NftPolicy.Drop, marked)).Should().Be(Both);
        Why(Table(NftPolicy.Accept, logged)).Should().BeNull();
        Why(Table(NftPolicy.Accept, logged, rejected)).Should().StartWith("a rule of FORWARD rejects");
    }

    [Fact]
    public void A_set_is_asked_and_an_unread_one_says_nothing()
    {
        NftSet bridges = new() { Table = s_filter, Name = "bridges", KeyTypes = [NftType.InterfaceName] };
        NftRule input = Rule().In("bridges", NftField.InputInterface).Accept();
        NftRule outputElsewhere = Rule().NotIn("bridges", NftField.InputInterface).Match(NftField.OutputInterface, s_name).Drop();
        ForeignTable With(ForeignTable table, params InterfaceName[] names) => table with
        {
            Sets = new Dictionary<string, ForeignSet>(StringComparer.Ordinal)
            {
                ["bridges"] = new(bridges, [.. names.Select(name => new NftElement { Key = NftValue.Interface(name) })]),
            },
        };

        Why(With(Table(NftPolicy.Drop, input), s_name)).Should().Be("policy drop: packets into docker0");
        Why(With(Table(NftPolicy.Drop, input), s_other)).Should().Be(Both);
        Why(Table(NftPolicy.Drop, input)).Should().Be(Both);
        Why(With(Table(NftPolicy.Accept, outputElsewhere), s_name))
            .Should().Be("a rule of FORWARD drops: packets into docker0", "it comes from any other");
        Why(With(Table(NftPolicy.Accept, outputElsewhere), s_other)).Should().BeNull("it may come from there");
    }

    [Fact]
    public void What_may_leave_by_the_interface_to_the_world_is_not_stopped()
    {
        ForeignTable table = Table(
            NftPolicy.Drop, Rule().Match(NftField.InputInterface, s_name).Match(NftField.OutputInterface, s_other).Accept());

        Why(table).Should().Be(Both, "who knows where they leave");
        Why(table, s_bridge with { Egress = s_other }).Should().Be("policy drop: packets into docker0");
        Why(table, s_bridge with { Egress = InterfaceName.Parse("wlan0") }).Should().Be(Both);
    }

    [Theory]
    [InlineData(
        "docker0",
        "nft 'insert rule ip filter FORWARD iifname \"docker0\" accept' && nft 'insert rule ip filter FORWARD oifname \"docker0\" accept'")]
    [InlineData(
        "br;reboot",
        "nft 'insert rule ip filter FORWARD iifname \"br;reboot\" accept' && nft 'insert rule ip filter FORWARD oifname \"br;reboot\" accept'")]
    [InlineData(
        "it's", "nft 'insert rule ip filter FORWARD iifname \"it'\\''s\" accept' && nft 'insert rule ip filter FORWARD oifname \"it'\\''s\" accept'")]
    public void A_name_stays_a_name_in_the_shell(string bridge, string remedy) =>
        ForeignRemedy.For(Table(NftPolicy.Drop), Table(NftPolicy.Drop).Entrances[0], new ForwardedBridge(InterfaceName.Parse(bridge)))
            .Should().Be(remedy);

    private static CompatExpression Extension(string name) => new() { IsTarget = false, Extension = name };

    private static NftRuleBuilder Rule(string chain = "FORWARD") => new(s_filter, chain);

    private static ForeignTable Table(NftPolicy policy, params NftRule[] rules) => new()
    {
        Id = s_filter,
        Entrances =
        [
            new NftChain
            {
                Table = s_filter,
                Name = "FORWARD",
                Type = NftChainType.Filter,
                Hook = new NftHook { Point = NftHookPoint.Forward, Priority = NftPriority.Filter },
                Policy = policy,
            },
        ],
        Rules = rules.ToLookup(rule => rule.Chain, StringComparer.Ordinal),
    };

    private static string? Why(ForeignTable table, ForwardedBridge? bridge = null) =>
        ForeignObstacle.Find([table], bridge ?? s_bridge).SingleOrDefault()?.Why;
}
