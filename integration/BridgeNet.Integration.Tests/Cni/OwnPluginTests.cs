using System.Text.Json.Nodes;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Cni;

/// <summary>The plugin bridgenet, which does all of it in one call.</summary>
public sealed class OwnPluginTests
{
    private const string DroppingFirewall =
        "iptables -P FORWARD DROP; ip6tables -P FORWARD DROP; nft 'add table inet strict; add chain inet strict forward { type filter "
            + "hook forward priority 5; policy drop; }'";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_container_reaches_out_and_is_reached_even_if_the_host_drops_forwarded_packets(bool dropsForwarded)
    {
        using CniWorld world = new();
        using WebServer inside = WebServer.Start(world.Container(0), "page");
        using WebServer outside = WebServer.Start(world.World.Server, "outside");
        if (dropsForwarded)
        {
            world.Host.RunOk(DroppingFirewall);
        }

        JsonNode result = JsonNode.Parse(world.CallOwn("ADD", world.Own()).OrThrow().Output)!;

        result["interfaces"]!.AsArray().Select(link => link!["name"]!.GetValue<string>()).Should().Contain(["cni0", "eth0"]);
        (await world.World.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("page");
        (await world.World.Server.GetAsync("http://[2001:db8:1::1]:8080/")).Should().Be("page");
        (await world.Host.GetAsync("http://127.0.0.1:8080/")).Should().Be("page");
        (await world.Container(0).GetAsync("http://192.0.2.1:8080/")).Should().Be("page");
        (await world.Container(0).GetAsync("http://198.51.100.2/")).Should().Be("outside");
        (await world.Container(0).GetAsync("http://[2001:db8:2::2]/")).Should().Be("outside");
    }

    [Theory]
    [InlineData("container")]
    [InlineData("gone")]
    [InlineData("")]
    public void DEL_removes_everything_even_if_the_namespace_is_gone(string sandbox)
    {
        using CniWorld world = new();
        world.Host.RunOk(DroppingFirewall);
        string before = world.Host.RunOk("nft -s list ruleset");
        JsonObject configuration = world.Own();
        configuration["macspoofchk"] = true;
        configuration["runtimeConfig"]!["bandwidth"] = new JsonObject { ["egressRate"] = 8_000_000, ["egressBurst"] = 800_000 };
        JsonNode result = JsonNode.Parse(world.CallOwn("ADD", configuration).OrThrow().Output)!;

        CommandResult[] deletions =
            [.. Enumerable.Range(0, 2).Select(_ => world.CallOwn("DEL", CniWorld.With(configuration, result), sandbox: sandbox switch
        {
            "container" => null,
            "gone" => "/run/netns/there-is-none",
            _ => string.Empty,
        }))];

        deletions.Select(deletion => (deletion.ExitCode, deletion.Output, deletion.Errors))
            .Should().AllBeEquivalentTo((0, string.Empty, string.Empty));
        world.Host.RunOk("nft -s list ruleset").Should().Be(before);
        world.Veths().Should().BeEmpty();
        world.ReservationsOf("net1").Should().BeEmpty();
        world.Host.RunOk("ip -br link show type ifb").Should().NotContain("bwp");
        world.Host.ReadSysctl("net.ipv4.conf.cni0.route_localnet").Should().Be("0");
    }

    [Fact]
    public async Task With_sbr_behind_it_a_second_network_s_port_answers()
    {
        using CniWorld world = new();
        using WebServer nginx = WebServer.Start(world.Container(0), "page");
        JsonObject second = world.Own("net2", "cni2", "10.10.0.0/16", "fd00:10::/64", port: 8081);
        JsonObject sbr = new() { ["cniVersion"] = "1.0.0", ["name"] = "net2", ["type"] = "sbr" };
        world.CallOwn("ADD", world.Own()).OrThrow();

        JsonNode result = JsonNode.Parse(world.CallOwn("ADD", second, link: "eth1").OrThrow().Output)!;
        result["cniVersion"] = "1.0.0";
        world.Call(Path.Combine(CniWorld.Reference, "sbr"), "ADD", CniWorld.With(sbr, result), link: "eth1").OrThrow();

        foreach (int port in new[] { 8080, 8081 })
        {
            (await world.World.Server.GetAsync($"http://192.0.2.1:{port}/")).Should().Be("page");
            (await world.World.Server.GetAsync($"http://[2001:db8:1::1]:{port}/")).Should().Be("page");
        }
    }

    [Fact]
    public void CHECK_succeeds_until_something_is_missing()
    {
        using CniWorld world = new();
        JsonObject configuration = world.Own();
        JsonNode result = JsonNode.Parse(world.CallOwn("ADD", configuration).OrThrow().Output)!;
        JsonNode asked = CniWorld.With(configuration, result);

        CommandResult fine = world.CallOwn("CHECK", asked);
        world.Host.RunOk("nft delete element inet bridgenet_cni ports_any4 '{ tcp . 8080 }'");
        CommandResult without = world.CallOwn("CHECK", asked);
        world.Container(0).RunOk("ip addr del 10.9.0.2/16 dev eth0");
        CommandResult bare = world.CallOwn("CHECK", asked);

        fine.ExitCode.Should().Be(0);
        ErrorOf(without).Should().Be((100, "portmap: ports of container c0 are not published any more"));
        ErrorOf(bare).Should().Be((100, "interface eth0 has lost 10.9.0.2/16"));
    }

    [Fact]
    public void GC_removes_everything_of_invalid_attachments_and_nothing_else()
    {
        using CniWorld world = new(containers: 3);
        world.CallOwn("ADD", world.Own()).OrThrow();
        world.CallOwn("ADD", world.Own(port: 9080), container: 1).OrThrow();
        world.CallOwn("ADD", world.Own("other", "cni1", "10.10.0.0/16", subnet6: null, port: 7080), container: 2).OrThrow();
        JsonObject collection = world.Own(port: null);
        collection["cni.dev/valid-attachments"] = new JsonArray(new JsonObject { ["containerID"] = "c1", ["ifname"] = "eth0" });

        CommandResult nothing = world.CallOwn("GC", world.Own(port: null));
        string[] kept = world.ReservationsOf("net1");
        CommandResult collected = world.CallOwn("GC", collection);

        nothing.ExitCode.Should().Be(0);
        kept.Should().HaveCount(4, "a runtime that names no valid attachments collects nothing");
        collected.ToString().Should().Contain("exit status 0");
        world.ReservationsOf("net1").Should().Equal("10.9.0.3", "fd00:9::3");
        world.ReservationsOf("other").Should().Equal("10.10.0.2");
        world.Host.RunOk("nft list table inet bridgenet_cni").Should().NotContain("net1 c0").And.Contain("net1 c1").And.Contain("other c2");
        world.Veths().Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(2);
    }

    [Fact]
    public void STATUS_fails_when_no_address_is_left()
    {
        using CniWorld world = new();
        JsonObject configuration = world.Own(subnet: "10.9.0.0/30", subnet6: null);

        CommandResult before = world.CallOwn("STATUS", configuration);
        world.CallOwn("ADD", configuration).OrThrow();
        CommandResult full = world.CallOwn("STATUS", configuration);

        before.ExitCode.Should().Be(0);
        ErrorOf(full).Should().Be((50, "ipam: no IP addresses available in range set: 10.9.0.1-10.9.0.2"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(124)] // longer than a note in the rules has room for
    public async Task A_port_shared_by_two_networks_answers_after_one_is_deleted(int length)
    {
        using CniWorld world = new();
        using WebServer web = WebServer.Start(world.Container(0), "page");
        JsonObject first = world.Own(new string('n', length) + "1", subnet6: null);
        JsonObject second = world.Own(new string('n', length) + "2", "cni1", "10.10.0.0/16", subnet6: null);
        JsonNode told = JsonNode.Parse(world.CallOwn("ADD", first).OrThrow().Output)!;
        second["isDefaultGateway"] = false;
        second["isGateway"] = true;
        second["ipam"]!.AsObject().Remove("routes");
        world.CallOwn("ADD", second, link: "eth1").OrThrow();

        world.CallOwn("DEL", CniWorld.With(first, told)).OrThrow();

        world.Container(0).RunOk("ip route add default via 10.10.0.1");
        (await world.World.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("page");
    }

    [Fact]
    public void A_taken_port_is_refused_with_its_holder_s_name_and_nothing_is_left()
    {
        using CniWorld world = new(containers: 2);
        world.CallOwn("ADD", world.Own()).OrThrow();
        string before = world.Host.RunOk("nft -s list ruleset");
        string[] reservations = world.ReservationsOf("net1");

        CommandResult refused = world.CallOwn("ADD", world.Own(), container: 1);

        ErrorOf(refused).Should().Be((999, "port 8080 is taken by container c0 of network net1: choose another port, or delete that attachment"));
        world.Host.RunOk("nft -s list ruleset").Should().Be(before);
        world.ReservationsOf("net1").Should().Equal(reservations);
        world.Container(1).RunOk("ip -br link").Should().NotContain("eth0");
    }

    [Fact]
    public async Task Ports_left_by_an_interrupted_DEL_lead_to_the_container_after_its_next_ADD()
    {
        using CniWorld world = new();
        world.CallOwn("ADD", world.Own(subnet6: null)).OrThrow();
        world.Host.RunOk($"ip link delete {world.Veths().Trim().Split('@')[0]} && rm {world.Reservations}/net1/10.9.0.2");
        using WebServer inside = WebServer.Start(world.Container(0), "page");

        JsonNode again = JsonNode.Parse(world.CallOwn("ADD", world.Own(subnet6: null)).OrThrow().Output)!;

        again["ips"]![0]!["address"]!.GetValue<string>().Should().Be("10.9.0.3/16");
        (await world.World.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("page");
        world.Host.RunOk("nft list table inet bridgenet_cni").Should().NotContain("10.9.0.2 . 80");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("fd00:9::/64")]
    public void An_interface_is_set_to_announce_its_addresses(string? subnet6)
    {
        using CniWorld world = new();

        world.CallOwn("ADD", world.Own(subnet6: subnet6)).OrThrow();

        string[] settings = [.. new[] { "ipv4.conf.eth0.arp_notify", "ipv6.conf.eth0.ndisc_notify", "ipv6.conf.eth0.accept_dad" }.Select(
            key => world.Container(0).ReadSysctl($"net.{key}"))];
        settings.Should().Equal(subnet6 is null ? ["1", "0", "1"] : ["1", "1", "0"]);
    }

    [Fact]
    public async Task Containers_of_bridges_with_a_policy_do_not_reach_each_other()
    {
        using CniWorld world = new(containers: 3);
        JsonObject[] configurations =
        [
            world.Own(subnet6: null, port: null),
            world.Own("net2", "cni1", "10.10.0.0/16", subnet6: null, port: null),
            world.Own("net3", "cni2", "10.11.0.0/16", subnet6: null, port: null),
        ];
        configurations[0]["ingressPolicy"] = "same-bridge";
        configurations[1]["ingressPolicy"] = "same-bridge";
        for (int i = 0; i < configurations.Length; i++)
        {
            world.CallOwn("ADD", configurations[i], container: i).OrThrow();
        }
        using BackgroundProcess one = world.Container(1).ServeTcp("10.10.0.2", 7);
        using BackgroundProcess two = world.Container(2).ServeTcp("10.11.0.2", 7);

        (await world.Container(0).IsShutOutOfAsync("10.10.0.2:7")).Should().BeTrue();
        (await world.Container(0).ReachesAsync("10.11.0.2:7")).Should().BeTrue("a bridge without a policy is open, as CNI's are");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_policy_isolated_separates_containers_of_one_bridge_without_br_netfilter(bool isOwn)
    {
        using CniWorld world = new(containers: 3);
        BridgeNetfilter.Set(world.Host, 0);
        JsonObject own = world.Own(port: null);
        own["ingressPolicy"] = "isolated";
        JsonArray chain = world.Chain(policy: "isolated");
        chain.RemoveAt(1);
        JsonNode[] results = [.. Enumerable.Range(0, 2).Select(
            number => isOwn ? JsonNode.Parse(world.CallOwn("ADD", own, number).OrThrow().Output)! : world.AddChain(world.Plugins, chain, number))];
        world.AddChain(world.Plugins, [chain[0]!.DeepClone()], 2);
        using BackgroundProcess service = world.Container(1).ServeTcp("10.9.0.3", 7);

        (await world.Container(0).IsShutOutOfAsync("10.9.0.3:7")).Should().BeTrue();
        (await world.Host.ReachesAsync("10.9.0.3:7")).Should().BeTrue();
        (await world.Container(2).ReachesAsync("10.9.0.3:7")).Should().BeTrue("a container without the policy is not kept apart from others");
        JsonNode checkedPart = isOwn ? own : chain[1]!;
        string plugin = Path.Combine(world.Plugins, isOwn ? "bridgenet" : "firewall");
        world.Call(plugin, "CHECK", CniWorld.With(checkedPart, results[0])).OrThrow();
        string port = results[0]["interfaces"]![1]!["name"]!.GetValue<string>();
        world.Host.RunOk($"bridge link set dev {port} isolated off");
        ErrorOf(world.Call(plugin, "CHECK", CniWorld.With(checkedPart, results[0])))
            .Should().Be((100, $"firewall: port {port} is not isolated any more"));
    }

    [Fact]
    public async Task Macspoofchk_drops_frames_from_another_MAC_address()
    {
        using CniWorld world = new();
        JsonObject configuration = world.Own(subnet6: null, port: null);
        configuration["macspoofchk"] = true;
        world.CallOwn("ADD", configuration).OrThrow();
        using BackgroundProcess service = world.Host.ServeTcp("10.9.0.1", 7);
        bool before = await world.Container(0).ReachesAsync("10.9.0.1:7");

        world.Container(0).RunOk("ip link set eth0 address 02:00:00:00:00:99");

        before.Should().BeTrue();
        (await world.Container(0).IsShutOutOfAsync("10.9.0.1:7")).Should().BeTrue();
    }

    [Fact]
    public void The_host_s_own_namespace_is_refused_as_a_container_s()
    {
        using CniWorld world = new();
        string before = world.Host.RunOk("ip -o link | cut -d: -f2; ip -4 -o addr; nft list ruleset");

        CommandResult added = world.CallOwn("ADD", world.Own(), link: "eth1", sandbox: world.Host.Path);
        CommandResult deleted = world.CallOwn("DEL", world.Own(), link: "eth0", sandbox: world.Host.Path);

        ErrorOf(added).Code.Should().Be(8);
        deleted.ExitCode.Should().Be(0);
        world.Host.RunOk("ip -o link | cut -d: -f2; ip -4 -o addr; nft list ruleset").Should().Be(before, "eth0 is the host's");
        world.ReservationsOf("net1").Should().BeEmpty();
    }

    internal static (int Code, string Message) ErrorOf(CommandResult result)
    {
        JsonNode error = JsonNode.Parse(result.Output)!;
        return (error["code"]!.GetValue<int>(), error["msg"]!.GetValue<string>());
    }
}
