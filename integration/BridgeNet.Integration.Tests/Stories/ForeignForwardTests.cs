using BridgeNet.Firewall;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Other firewalls on the host, with packets as the judge of what is said of them.</summary>
public sealed class ForeignForwardTests
{
    private const string Id = "0123456789ab";

    private static readonly ForwardedBridge s_docker0 = new(InterfaceName.Parse("docker0")) { Egress = InterfaceName.Parse("eth0") };

    public static TheoryData<string> Names => [.. ForeignRules.All.Select(rules => rules.Name)];

    public static TheoryData<string> NamesInNftables =>
        [.. ForeignRules.All.Select(rules => rules.Name).Where(name => name is not "iptables-legacy's")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_stops_packets_is_found_and_after_the_advice_they_pass(string name)
    {
        ForeignRules rules = ForeignRules.All.Single(rules => string.Equals(rules.Name, name, StringComparison.Ordinal));
        using DriverWorld world = new();
        Container web = Published(world);
        Find(world).Should().BeEmpty();
        world.Host.RunOk($"set -e\n{rules.Script}");

        (bool into, bool outOf) before = await PassesAsync(world, web, into: !rules.StopsInto, outOf: false);
        ForeignForward[] found = [.. Find(world)];
        world.Host.RunOk(rules.Typed);

        before.Should().Be((!rules.StopsInto, false));
        found.Should().Equal(new ForeignForward { Table = rules.Table, Chain = rules.Chain, Why = rules.Why, Remedy = rules.Remedy });
        (await PassesAsync(world, web)).Should().Be((true, true));
        Find(world).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(NamesInNftables))]
    public async Task Let_pass_on_demand_they_pass_and_afterwards_everything_is_as_it_was(string name)
    {
        ForeignRules rules = ForeignRules.All.Single(rules => string.Equals(rules.Name, name, StringComparison.Ordinal));
        using DriverWorld world = new();
        using NetfilterSocket netfilter = Netfilter(world);
        Container web = Published(world);
        world.Host.RunOk($"set -e\n{rules.Script}");
        string before = Listing(world);

        ForeignForwardPass.Open(netfilter, s_docker0, Id).Should().BeEmpty();
        string open = Listing(world);
        ForeignForwardPass.Open(netfilter, s_docker0, Id).Should().BeEmpty();
        string again = Listing(world);
        (bool, bool) passes = await PassesAsync(world, web);
        string iptables = world.Host.RunOk("iptables-nft -S");
        ForeignForwardPass.Close(netfilter, Id);

        passes.Should().Be((true, true));
        open.Should().NotBe(before);
        again.Should().Be(open, "what is done is done");
        iptables.Should().NotBeEmpty("iptables still reads its table");
        Listing(world).Should().Be(before);
        (await PassesAsync(world, web, into: !rules.StopsInto, outOf: false)).Should().Be((!rules.StopsInto, false));
    }

    [Fact]
    public void Of_two_networks_each_takes_its_own_rules_away()
    {
        using DriverWorld world = new();
        using NetfilterSocket netfilter = Netfilter(world);
        ForwardedBridge other = new(InterfaceName.Parse("br-backend"));
        world.Host.RunOk("iptables-nft -P FORWARD DROP; iptables-nft -A FORWARD -i docker0 -m comment --comment 'bridgenet' -j LOG");
        ForeignForwardPass.Open(netfilter, s_docker0, Id);
        string before = Listing(world);

        ForeignForwardPass.Open(netfilter, other, "ba9876543210");
        ForeignForwardPass.Close(netfilter, "ba9876543210");
        ForeignForwardPass.Close(netfilter, "ba9876543210");

        Listing(world).Should().Be(before);
        world.Host.RunOk("iptables-nft -S FORWARD").Should().Contain($"-A FORWARD -i docker0 -m comment --comment \"bridgenet {Id}\" -j ACCEPT")
            .And.Contain($"-A FORWARD -o docker0 -m comment --comment \"bridgenet {Id}\" -j ACCEPT")
            .And.Contain("--comment bridgenet -j LOG");
    }

    [Fact]
    public async Task Rules_that_somebody_put_before_ours_are_overtaken_again()
    {
        using DriverWorld world = new();
        using NetfilterSocket netfilter = Netfilter(world);
        Container web = Published(world);
        world.Host.RunOk("iptables-nft -P FORWARD DROP");
        ForeignForwardPass.Open(netfilter, s_docker0, Id);
        world.Host.RunOk("iptables-nft -I FORWARD -j DROP");

        ForeignForwardPass.Open(netfilter, s_docker0, Id).Should().BeEmpty();

        (await PassesAsync(world, web)).Should().Be((true, true));
        world.Host.RunOk("iptables-nft -S FORWARD").Split('\n').Count(line => line.Contains(Id, StringComparison.Ordinal)).Should().Be(2);
    }

    [Fact]
    public void A_table_that_only_its_owner_may_change_is_named_and_the_others_are_passed()
    {
        using DriverWorld world = new();
        using NetfilterSocket netfilter = Netfilter(world);
        using NetfilterSocket owner = Netfilter(world);
        NftTableId firewalld = new(NftFamily.Inet, "firewalld");
        NftChain forward = new()
        {
            Table = firewalld,
            Name = "filter_FORWARD",
            Type = NftChainType.Filter,
            Hook = new NftHook { Point = NftHookPoint.Forward, Priority = NftPriority.Filter },
            Policy = NftPolicy.Drop,
        };
        owner.Transaction().CreateTable(new NftTable { Id = firewalld, Flags = NftTableFlags.Owner }).CreateChain(forward).Commit();
        world.Host.RunOk("iptables-nft -P FORWARD DROP");

        IReadOnlyList<ForeignObstacle> left = ForeignForwardPass.Open(netfilter, s_docker0, Id);

        left.Should().ContainSingle().Which.Table.Id.Should().Be(firewalld);
        world.Host.RunOk("iptables-nft -S FORWARD").Should().Contain(Id);
        world.Host.RunOk("nft list table inet firewalld").Should().NotContain(Id);
        ForeignForwardPass.Close(netfilter, Id);
        world.Host.RunOk("iptables-nft -S FORWARD").Should().NotContain(Id);
    }

    [Fact]
    public async Task Rules_about_other_bridges_are_no_obstacle()
    {
        using DriverWorld world = new();
        Container web = Published(world);
        world.Host.RunOk(
            """
            set -e
            ip link add virbr0 type bridge
            nft -f - <<END
            table ip libvirt_network {
                chain forward {
                    type filter hook forward priority filter; policy accept;
                    counter jump guest_cross
                    counter jump guest_input
                    counter jump guest_output
                }
                chain guest_cross {
                    iif "virbr0" oif "virbr0" counter accept
                }
                chain guest_input {
                    oif "virbr0" ip daddr 192.168.122.0/24 ct state established,related counter accept
                    oif "virbr0" counter reject
                }
                chain guest_output {
                    ip saddr 192.168.122.0/24 iif "virbr0" counter accept
                    iif "virbr0" counter reject
                }
            }
            table inet quiet {
                flags dormant
                chain forward {
                    type filter hook forward priority filter; policy drop;
                }
            }
            END
            """);

        Find(world).Should().BeEmpty();

        (await PassesAsync(world, web)).Should().Be((true, true));
    }

    [Fact]
    public async Task Sets_maps_prefixes_and_detours_are_understood()
    {
        using DriverWorld world = new();
        Container web = Published(world);
        world.Host.RunOk("nft 'table inet a { chain f { type filter hook forward priority 0; policy drop; }; }'");
        string[] ways =
        [
            "nft 'add rule inet a f iifname { \"eth7\", \"docker0\" } accept; add rule inet a f oifname \"docker*\" accept'",
            "nft 'add rule inet a f iifname vmap { \"docker0\" : accept, \"eth7\" : drop }; add rule inet a f oifname { \"br-*\", "
                + "\"docker*\" } accept'",
            "nft 'add rule inet a f ct state vmap { established : accept, invalid : drop }; add rule inet a f ct status dnat accept; add "
                + "rule inet a f iifname != \"eth0\" accept'",
            "nft 'add chain inet a g; add rule inet a f meta nfproto ipv4 goto g; add rule inet a g counter accept'",
            "nft 'add rule inet a f oifname . iifname { \"docker0\" . \"eth7\" } drop; add rule inet a f accept'",
        ];

        foreach (string way in ways)
        {
            Find(world).Should().ContainSingle(way).Which.Why.Should().StartWith("policy drop");
            world.Host.RunOk(way);
            (await PassesAsync(world, web)).Should().Be((true, true), "{0}", way);
            Find(world).Should().BeEmpty(way);
            world.Host.RunOk("nft 'flush chain inet a f'");
        }
    }

    [Fact]
    public void To_look_leaves_no_table_of_the_older_iptables_behind()
    {
        using DriverWorld world = new();

        Find(world).Should().BeEmpty();

        world.Host.RunOk("cat /proc/thread-self/net/ip_tables_names /proc/thread-self/net/ip6_tables_names").Should().BeEmpty();
    }

    [Fact]
    public void Where_only_IPv6_is_stopped_a_network_without_it_is_told_nothing()
    {
        using DriverWorld world = new();
        world.Host.RunOk("ip6tables-legacy -A FORWARD ! -o eth7 -m comment --comment x -j REJECT; ip6tables-nft -P FORWARD DROP");

        Find(world).Should().BeEmpty();
        ForeignForward[] found = [.. Find(world, s_docker0 with { HasIPv4 = false, HasIPv6 = true })];

        found.Select(one => $"{one.Table} {one.Chain}: {one.Why}").Should().Equal(
            "ip6 filter FORWARD: policy drop: packets into docker0, packets out of docker0",
            "ip6tables-legacy filter FORWARD: a rule of FORWARD rejects: packets into docker0, packets out of docker0");
        found[1].Remedy.Should().StartWith("ip6tables-legacy -I FORWARD -o docker0 -j ACCEPT && ");
    }

    private static Container Published(DriverWorld world)
    {
        Container web = world.Attach("8080:80");
        web.Place.ServeTcp("172.17.0.2", 80);
        world.Server.ServeTcp("198.51.100.2", 7000);
        return web;
    }

    /// <summary>Whether packets pass into the container and out of it; both arguments are what is expected.</summary>
    private static async Task<(bool Into, bool OutOf)> PassesAsync(DriverWorld world, Container web, bool into = true, bool outOf = true) => (
        await world.Router.ReachesAsync("192.0.2.1:8080", Asking.Patience(into)),
        await web.Place.ReachesAsync("198.51.100.2:7000", Asking.Patience(outOf)));

    private static IEnumerable<ForeignForward> Find(DriverWorld world, ForwardedBridge? bridge = null)
    {
        using NetworkNamespace host = NetworkNamespace.Open(world.Host.Path);
        using NetfilterSocket netfilter = host.Run(NetfilterSocket.Open);
        ForwardedBridge wanted = bridge ?? s_docker0;
        return [.. ForeignObstacle.Find(
            [.. ForeignTables.Read(netfilter), .. host.Run(ForeignTables.ReadLegacy)], wanted).Select(one => one.Describe(wanted))];
    }

    private static NetfilterSocket Netfilter(DriverWorld world)
    {
        using NetworkNamespace host = NetworkNamespace.Open(world.Host.Path);
        return host.Run(NetfilterSocket.Open);
    }

    /// <summary>Without what was counted.</summary>
    private static string Listing(DriverWorld world) => world.Host.RunOk("nft -s list ruleset");
}
