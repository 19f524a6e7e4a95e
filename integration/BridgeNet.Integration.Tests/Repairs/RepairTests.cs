using System.Text.RegularExpressions;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Repairs;

/// <summary>What somebody else took away or changed, and <c>driver.Repair()</c>.</summary>
public sealed partial class RepairTests
{
    /// <summary>What somebody does on the host; VETH stands for the container's link there.</summary>
    public static TheoryData<string, string> DamagesOfTheHost => new()
    {
        { "nft flush ruleset", "table inet bridgenet: it was gone" },
        { "nft delete table inet bridgenet", "table inet bridgenet: it was gone" },
        { "nft delete table bridge bridgenet", "table bridge bridgenet: it was gone" },
        { "nft flush chain inet bridgenet forward", "chain forward had 0 rules" },
        { "nft flush table inet bridgenet", "chain prerouting had 0 rules" },
        { "nft insert rule inet bridgenet forward accept", "chain forward had" },
        { "nft flush set inet bridgenet members", "members lacked 1 element" },
        { "nft flush map inet bridgenet publish_any4", "publish_any4 lacked 1 element" },
        { "nft delete element inet bridgenet publish_any4 '{ tcp . 8080 }' && nft add element inet bridgenet publish_any4 '{ tcp . 8080 : "
            + "172.17.0.9 . 99 }'", "publish_any4 lacked 1 element" },
        { "nft add element inet bridgenet publish_any4 '{ tcp . 9999 : 172.17.0.9 . 99 }'", "publish_any4 had 1 stray element" },
        { "nft delete set inet bridgenet claims_tcp4", "set claims_tcp4 was gone" },
        { "nft flush map inet bridgenet publish_ranges4", "publish_ranges4 lacked 1 element" },
        { "nft delete element inet bridgenet claims_tcp4 '{ 7000-7099 : 1 }' && nft add element inet bridgenet claims_tcp4 '{ 7010-7019 : "
            + "1 }'", "claims_tcp4 lacked 1 element" },
        { "nft flush set bridge bridgenet owners4", "owners4 lacked 2 elements" },
        { "nft chain inet bridgenet guard '{ policy drop; }'", "chain guard had another policy" },
        { "ip link del docker0", "docker0 was gone" },
        { "ip link set docker0 down", "docker0 was down" },
        { "ip link set docker0 address 02:00:00:00:00:07", "docker0 had the MAC address 02:00:00:00:00:07" },
        { "ip addr del 172.17.0.1/16 dev docker0", "docker0 lacked 172.17.0.1/16" },
        { "ip route del 172.17.0.0/16 dev docker0", "docker0 lacked the route to 172.17.0.0/16" },
        { "ip link del VETH", "eth0 of" },
        { "ip link set VETH nomaster", "was not on docker0" },
        { "ip link set VETH down", "was down" },
        { "ip link set VETH type bridge_slave hairpin off isolated on", "had other settings" },
        { "sysctl -w net.ipv4.ip_forward=0", "ip_forward was not 1" },
        { "sysctl -w net.ipv4.conf.docker0.route_localnet=0", "route_localnet was not 1" },
    };

    [Theory]
    [MemberData(nameof(DamagesOfTheHost))]
    public async Task What_was_done_to_the_host_is_undone(string damage, string finding)
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80", "7000-7099:7000-7099");
        using WebServer nginx = web.Serve("repaired");
        string before = Comparable(world, web);
        world.Host.RunOk(damage.Replace("VETH", web.Endpoint.HostInterfaceName.ToString(), StringComparison.Ordinal));
        string damaged = Comparable(world, web);
        RepairReport check = world.Driver.Check();
        string looked = Comparable(world, web);

        RepairReport report = world.Driver.Repair();

        damaged.Should().NotBe(before).And.Be(looked, "a check changes nothing");
        check.Findings.Lines().Should().BeEquivalentTo(report.Findings.Lines());
        report.Restored.Lines().Should().Contain(line => line.Contains(finding, StringComparison.Ordinal));
        report.BeyondRepair.Lines().Should().BeEmpty();
        Comparable(world, web).Should().Be(before);
        (await world.Router.GetAsync("http://192.0.2.1:8080/")).Should().Contain("repaired");
        web.Place.RunOk("ping -c 1 -W 5 198.51.100.2");
        world.Driver.Repair().Should().Be(new RepairReport());
    }

    [Theory]
    [InlineData("ip addr flush dev eth0", "lacked 172.17.0.2/16")]
    [InlineData("ip link set eth0 down", "eth0 in the container was down")]
    [InlineData("ip link set lo down", "lo in the container was down")]
    [InlineData("ip route del default", "had no default route by 172.17.0.1")]
    [InlineData("ip link del eth0", "eth0 of")]
    public void What_was_done_inside_a_container_is_undone(string damage, string finding)
    {
        using DriverWorld world = new();
        Container web = world.Attach();
        string before = Comparable(world, web);
        web.Place.RunOk(damage);
        string damaged = Comparable(world, web);
        RepairReport check = world.Driver.Check();
        string looked = Comparable(world, web);

        RepairReport report = world.Driver.Repair();

        looked.Should().Be(damaged, "a check changes nothing");
        check.Findings.Lines().Should().BeEquivalentTo(report.Findings.Lines());
        report.Restored.Lines().Should().Contain(line => line.Contains(finding, StringComparison.Ordinal));
        Comparable(world, web).Should().Be(before);
        web.Place.RunOk("ping -c 1 -W 5 198.51.100.2");
        world.Driver.Repair().Should().Be(new RepairReport());
    }

    [Fact]
    public void Limits_IPv6_and_several_networks_are_restored_too()
    {
        using DriverWorld world = new(NetworkDefinition.Docker0 with { IPv6 = true });
        Container web = world.Attach(
            DriverWorld.Publishing("8080:80") with { Bandwidth = new Bandwidth { IngressRate = 8_000_000, EgressRate = 8_000_000 } });
        using NetworkNamespace place = NetworkNamespace.Open(web.Place.Path);
        using EndpointLease second = world.Driver.EnsureNetwork(DriverWorld.Backend).Attach(place);
        string before = Comparable(world, web);
        string shape = world.Host.RunOk("tc qdisc show | grep -c tbf");
        world.Host.RunOk($"nft flush ruleset; ip link del {web.Endpoint.HostInterfaceName}; ip link del docker0; ip link del br-backend");

        RepairReport check = world.Driver.Check(), report = world.Driver.Repair();

        report.BeyondRepair.Lines().Should().BeEmpty();
        check.Findings.Lines().Should().BeEquivalentTo(report.Findings.Lines());
        Comparable(world, web).Should().Be(before);
        world.Host.RunOk("tc qdisc show | grep -c tbf").Should().Be(shape);
        world.Driver.Repair().Should().Be(new RepairReport());
    }

    [Fact]
    public void Links_whose_names_are_no_UTF8_and_read_alike_disturb_nobody()
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80");
        world.Host.RunOk("ip link add $(printf 'x\\377') type bridge; ip link add $(printf 'x\\376') type bridge; "
            + "ip link add $(printf '\\371\\372\\373\\374\\375\\376') type bridge; "
            + "ip link add $(printf '\\376\\372\\373\\374\\375\\371') type bridge");

        world.Driver.Repair().Should().Be(new RepairReport());
        world.Driver.CollectGarbage().Should().BeEmpty();
        world.Driver.Rebuild().Should().Be(new RepairReport());
        world.Attach().Lease.Dispose();
        web.Lease.Dispose();
    }

    [Fact]
    public void What_is_right_is_left_alone()
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80", "127.0.0.1:9090:90/udp");
        string before = Snapshot.Of(world, web.Place);
        string generation = world.Host.RunOk("nft -a list ruleset");

        RepairReport check = world.Driver.Check(), report = world.Driver.Repair();

        (check.IsClean, report.IsClean).Should().Be((true, true), "{0}{1}", check, report);
        Snapshot.Of(world, web.Place).Should().Be(before);
        world.Host.RunOk("nft -a list ruleset").Should().Be(generation, "not even a handle changed");
    }

    [Fact]
    public void Counters_of_ports_survive_the_repair_of_something_else()
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80");
        using WebServer nginx = web.Serve();
        world.Router.RunOk("curl -sS --fail --noproxy '*' --max-time 20 http://192.0.2.1:8080/");
        ulong counted = world.Driver.GetStatistics(web.Id).Ports[0].Connections;
        world.Host.RunOk("nft flush chain inet bridgenet forward");

        world.Driver.Repair();

        counted.Should().BePositive();
        world.Driver.GetStatistics(web.Id).Ports[0].Connections.Should().Be(counted);
    }

    [Fact]
    public void An_endpoint_whose_namespace_is_gone_is_ended_and_its_address_and_port_are_free()
    {
        using DriverWorld world = new();
        Container lost = world.Attach(
            DriverWorld.Publishing("8080:80") with { Name = "lost", IPv4Address = System.Net.IPAddress.Parse("172.17.0.50") });
        lost.Place.Dispose();
        Eventually.Until(() => !world.Host.RunOk("ip -o link").Contains(
            lost.Endpoint.HostInterfaceName.ToString(), StringComparison.Ordinal), "the kernel ends the veth");
        RepairReport check = world.Driver.Check();
        bool isStillThere = world.Driver.FindEndpoint("lost") is not null;

        RepairReport report = world.Driver.Repair();

        isStillThere.Should().BeTrue("a check ends nothing");
        check.Should().Be(report);
        report.Ended.Should().ContainSingle().Which.Should().Be(
            new RepairFinding(RepairKind.Ended, "its namespace is gone") { Network = "bridge", Endpoint = "lost" });
        world.Attach(DriverWorld.Publishing("8080:80") with { IPv4Address = System.Net.IPAddress.Parse("172.17.0.50") }).Address.ToString()
            .Should().Be("172.17.0.50");
    }

    [Fact]
    public void What_is_half_made_or_half_removed_is_left_to_who_does_it()
    {
        using DriverWorld world = new();
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web", Keep = true });
        string record = Path.Combine(world.StateDirectory, $"endpoints/{web.Id}");
        File.Move($"{record}.json", $"{record}.removing");
        string before = Snapshot.RulesetOf(world.Host);

        RepairReport check = world.Driver.Check(), report = world.Driver.Repair();

        (check.IsClean, report.IsClean).Should().Be((true, true), "{0}{1}", check, report);
        Snapshot.RulesetOf(world.Host).Should().Be(before);
        File.Exists($"{record}.removing").Should().BeTrue();
    }

    [Theory]
    [InlineData("ip link del docker0 && ip link add docker0 type bridge", "docker0 is there and was not made by it")]
    [InlineData("nft delete table inet bridgenet && nft add table inet bridgenet", "BridgeNet did not make")]
    public void What_somebody_else_put_in_its_place_is_told_and_not_touched(string damage, string why)
    {
        using DriverWorld world = new();
        world.Attach();
        world.Host.RunOk(damage);

        RepairReport check = world.Driver.Check(), report = world.Driver.Repair();

        check.BeyondRepair.Should().Equal(report.BeyondRepair);
        report.BeyondRepair.Lines().Should().Contain(line => line.Contains(why, StringComparison.Ordinal));
        world.Host.RunOk("ip -o addr show docker0")
            .Should().NotContain(damage.Contains("type bridge", StringComparison.Ordinal) ? "172.17.0.1" : "nothing");
    }

    /// <summary>Everything but the numbers and random addresses that the kernel gives anew, and the order in which it lists.</summary>
    private static string Comparable(DriverWorld world, Container container) => string.Join(
        '\n',
        Word().Split(Given().Replace(Snapshot.Of(world, container.Place), ""))
            .Concat(world.Host.RunOk("bridge -d link show").Split('\n').SelectMany(line => PortSetting().Matches(line).Select(match => match.Value)))
            .Order(StringComparer.Ordinal));

    [GeneratedRegex(
        "ifindex [0-9]+|master [0-9]+|(?<=table )11124[0-9]+|"
        + "(?<=ifname veth[0-9a-f]+ )address [0-9a-f:]+|(?<=ifname ifb[0-9a-f]+ )address [0-9a-f:]+",
        RegexOptions.None,
        1000)]
    private static partial Regex Given();

    [GeneratedRegex(@"[\s,{}]+", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("veth[0-9a-f]+|hairpin on|hairpin off|isolated on|isolated off", RegexOptions.None, 1000)]
    private static partial Regex PortSetting();
}
