using System.Text.Json.Nodes;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Cni;

/// <summary>The plugins one by one, under the reference's names.</summary>
public sealed class PluginTests
{
    [Fact]
    public void Loopback_brings_lo_up_and_down()
    {
        using CniWorld world = new();
        JsonObject configuration = new() { ["cniVersion"] = "1.0.0", ["name"] = "lo", ["type"] = "loopback" };
        string plugin = Path.Combine(world.Plugins, "loopback");

        JsonNode result = JsonNode.Parse(world.Call(plugin, "ADD", configuration, link: "lo").OrThrow().Output)!;
        string up = world.Container(0).RunOk("ip -br link show lo");
        world.Call(plugin, "DEL", configuration, link: "lo").OrThrow();

        result["ips"]!.AsArray().Select(address => address!["address"]!.GetValue<string>()).Should().Equal("127.0.0.1/8", "::1/128");
        up.Should().Contain("LOWER_UP");
        world.Container(0).RunOk("ip -br link show lo").Should().Contain("DOWN");
    }

    [Fact]
    public void Tuning_changes_the_link_and_its_DEL_restores_it()
    {
        using CniWorld world = new();
        using Scratch scratch = new();
        JsonArray chain = [world.Chain()[0]!.DeepClone()];
        JsonNode result = world.AddChain(world.Plugins, chain);
        string before = world.Container(0).RunOk("cat /sys/class/net/eth0/address 2>/dev/null || ip -br link show eth0");
        JsonObject tuning = new()
        {
            ["cniVersion"] = "1.0.0",
            ["name"] = "net1",
            ["type"] = "tuning",
            ["dataDir"] = scratch.Path,
            ["mac"] = "02:00:00:00:00:77",
            ["mtu"] = 1400,
            ["promisc"] = true,
            ["txQLen"] = 77,
            ["sysctl"] = new JsonObject { ["net.core.somaxconn"] = "321", ["net.ipv4.conf.IFNAME.log_martians"] = "1" },
        };
        string plugin = Path.Combine(world.Plugins, "tuning");

        JsonNode tuned = JsonNode.Parse(world.Call(plugin, "ADD", CniWorld.With(tuning, result)).OrThrow().Output)!;
        string link = world.Container(0).RunOk("ip -d link show eth0");
        CommandResult check = world.Call(plugin, "CHECK", CniWorld.With(tuning, tuned));
        string[] settings = [world.Container(0).ReadSysctl("net.core.somaxconn"), world.Container(0).ReadSysctl("net.ipv4.conf.eth0.log_martians")];
        world.Call(plugin, "DEL", CniWorld.With(tuning, tuned)).OrThrow();

        tuned["interfaces"]![2]!["mac"]!.GetValue<string>().Should().Be("02:00:00:00:00:77");
        link.Should().Contain("mtu 1400").And.Contain("qlen 77").And.Contain("02:00:00:00:00:77").And.Contain("promiscuity 1");
        check.ExitCode.Should().Be(0);
        settings.Should().Equal("321", "1");
        string after = world.Container(0).RunOk("ip -d link show eth0");
        after.Should().Contain("mtu 1500").And.Contain("promiscuity 0").And.NotContain("02:00:00:00:00:77");
        before.Should().NotBeEmpty();
        Directory.GetFiles(scratch.Path).Should().BeEmpty();
    }

    [Fact]
    public void Bandwidth_works_beside_an_existing_ingress_qdisc_and_the_reference_removes_it()
    {
        using CniWorld world = new();
        JsonArray chain = [world.Chain()[0]!.DeepClone()];
        JsonNode result = world.AddChain(world.Plugins, chain);
        string veth = world.Veths().Trim().Split('@')[0];
        world.Host.RunOk($"tc qdisc add dev {veth} ingress");
        JsonObject bandwidth = new()
        {
            ["cniVersion"] = "1.0.0",
            ["name"] = "net1",
            ["type"] = "bandwidth",
            ["ingressRate"] = 8_000_000,
            ["ingressBurst"] = 800_000,
            ["egressRate"] = 16_000_000,
            ["egressBurst"] = 800_000,
        };

        JsonNode limited = JsonNode.Parse(
            world.Call(Path.Combine(world.Plugins, "bandwidth"), "ADD", CniWorld.With(bandwidth, result)).OrThrow().Output)!;
        CommandResult check = world.Call(Path.Combine(world.Plugins, "bandwidth"), "CHECK", CniWorld.With(bandwidth, limited));
        string limits = world.Host.RunOk("tc qdisc show");
        world.Call($"{CniWorld.Reference}/bandwidth", "DEL", CniWorld.With(bandwidth, limited)).OrThrow();

        limited["interfaces"]![3]!["name"]!.GetValue<string>().Should().StartWith("bwp");
        check.ExitCode.Should().Be(0);
        limits.Should().Contain("rate 8Mbit").And.Contain("rate 16Mbit");
        world.Host.RunOk("ip -br link show type ifb").Should().NotContain("bwp");
    }

    [Fact]
    public void An_IPAM_plugin_of_others_is_run_as_a_process()
    {
        using CniWorld world = new();
        JsonObject configuration = new()
        {
            ["cniVersion"] = "1.0.0",
            ["name"] = "net1",
            ["type"] = "bridge",
            ["bridge"] = "cni0",
            ["ipam"] = new JsonObject
            {
                ["type"] = "static",
                ["addresses"] = new JsonArray(
                new JsonObject { ["address"] = "10.7.0.9/24", ["gateway"] = "10.7.0.1" })
            },
        };
        File.CreateSymbolicLink(Path.Combine(world.Plugins, "static"), $"{CniWorld.Reference}/static");

        JsonNode result = world.AddChain(world.Plugins, [configuration]);

        result["ips"]![0]!["address"]!.GetValue<string>().Should().Be("10.7.0.9/24");
        world.Container(0).RunOk("ip -br addr show eth0").Should().Contain("10.7.0.9/24");
    }

    [Fact]
    public void Our_host_local_gives_addresses_to_plugins_of_others()
    {
        using CniWorld world = new();
        foreach (string plugin in (string[])["ptp", "macvlan"])
        {
            File.CreateSymbolicLink(Path.Combine(world.Plugins, plugin), $"{CniWorld.Reference}/{plugin}");
        }
        JsonObject configuration = world.Chain()[0]!.DeepClone().AsObject();
        configuration["type"] = "ptp";
        configuration["ipMasq"] = false;

        JsonNode result = world.AddChain(world.Plugins, [configuration]);

        result["ips"]!.AsArray().Should().HaveCount(2);
        world.ReservationsOf("net1").Should().Equal("10.9.0.2", "fd00:9::2");
    }

    [Fact]
    public void A_bridge_without_addresses_connects_at_layer_2_alone()
    {
        using CniWorld world = new();

        JsonNode result = world.AddChain(
            world.Plugins, [new JsonObject { ["cniVersion"] = "1.0.0", ["name"] = "l2", ["type"] = "bridge", ["bridge"] = "br9", ["mtu"] = 1400 }]);

        result["ips"].Should().BeNull();
        world.Container(0).RunOk("ip -br link show eth0").Should().Contain("UP");
        world.Host.RunOk("ip link show master br9").Should().Contain("mtu 1400");
    }

    [Fact]
    public void A_bridge_with_another_address_is_refused_or_forced()
    {
        using CniWorld world = new();
        world.Host.RunOk("ip link add cni0 type bridge; ip addr add 10.1.1.1/24 dev cni0");
        JsonObject bridge = world.Chain(subnet6: null)[0]!.DeepClone().AsObject();
        string plugin = Path.Combine(world.Plugins, "bridge");

        CommandResult refused = world.Call(plugin, "ADD", bridge);
        string[] reservations = world.ReservationsOf("net1");
        bridge["forceAddress"] = true;
        CommandResult forced = world.Call(plugin, "ADD", bridge);

        OwnPluginTests.ErrorOf(refused)
            .Should().Be((7, "\"cni0\" already has an IP address different from 10.9.0.1/16: it has 10.1.1.1/24; forceAddress replaces it"));
        reservations.Should().BeEmpty();
        forced.ExitCode.Should().Be(0);
        world.Host.RunOk("ip -br addr show cni0").Should().Contain("10.9.0.1/16").And.NotContain("10.1.1.1");
    }

    [Fact]
    public void VLANs_are_set_or_refused_with_an_error_that_names_them()
    {
        using CniWorld world = new();
        JsonObject bridge = world.Chain(subnet6: null)[0]!.DeepClone().AsObject();
        bridge["vlan"] = 100;

        CommandResult result = world.Call(Path.Combine(world.Plugins, "bridge"), "ADD", bridge);

        if (result.ExitCode != 0)
        {
            result.Output.Should().Contain("vlan", "the error names it");
            world.ReservationsOf("net1").Should().BeEmpty();
            world.Container(0).RunOk("ip -br link").Should().NotContain("eth0");
            Assert.Skip($"the kernel has no CONFIG_BRIDGE_VLAN_FILTERING: {result.Output}");
        }
        world.Host.RunOk("bridge vlan show").Should().Contain("100 PVID Egress Untagged");
    }
}
