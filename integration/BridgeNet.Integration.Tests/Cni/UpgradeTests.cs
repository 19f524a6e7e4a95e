using System.Text.Json.Nodes;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Cni;

/// <summary>The reference's plugins, as Debian has them, and ours in their place: whichever added, the other deletes.</summary>
public sealed class UpgradeTests
{
    [Theory]
    [InlineData("0.4.0", "open")]
    [InlineData("1.0.0", "same-bridge")]
    public void Our_rules_equal_the_reference_s_word_for_word(string version, string policy)
    {
        string[] rules = [.. new[] { true, false }.Select(isReference =>
        {
            using CniWorld world = new();
            world.AddChain(isReference ? CniWorld.Reference : world.Plugins, world.Chain(version: version, policy: policy));
            return world.Rules();
        })];

        rules[1].Should().Be(rules[0]);
        rules[0].Should().Contain("CNI-DN-").And.Contain("CNI-FORWARD -s fd00:9::2/128");
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Either_implementation_deletes_what_the_other_added(bool isAddedByReference, bool isDeletedByReference)
    {
        using CniWorld world = new();
        JsonArray chain = world.Chain(policy: "same-bridge");
        JsonNode result = world.AddChain(isAddedByReference ? CniWorld.Reference : world.Plugins, chain);

        world.DeleteChain(isDeletedByReference ? CniWorld.Reference : world.Plugins, chain, result);

        world.ReservationsOf("net1").Should().BeEmpty();
        world.Veths().Should().BeEmpty();
        world.Rules().Should().NotContainAny("10.9.0.2", "fd00:9::2", "CNI-DN-", "8080", "id: ");
        world.Host.RunOk("nft list tables").Should().NotContain("bridgenet");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_port_published_by_either_implementation_answers_from_outside(bool isReference)
    {
        using CniWorld world = new();
        using WebServer web = WebServer.Start(world.Container(0), "page");

        world.AddChain(isReference ? CniWorld.Reference : world.Plugins, world.Chain());

        (await world.World.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("page");
        (await world.World.Server.GetAsync("http://[2001:db8:1::1]:8080/")).Should().Be("page");
        (await world.Host.GetAsync("http://127.0.0.1:8080/")).Should().Be("page");
        (await world.Container(0).GetAsync("http://192.0.2.1:8080/")).Should().Be("page");
    }

    [Fact]
    public void Rules_that_the_reference_wrote_by_iptables_legacy_are_found_and_a_DEL_says_that_they_stay()
    {
        using CniWorld world = new();
        using Scratch legacy = new();
        foreach (string program in (string[])["iptables", "ip6tables"])
        {
            File.CreateSymbolicLink(legacy.At(program), $"/usr/sbin/{program}-legacy");
        }
        JsonArray chain = world.Chain();
        JsonNode? result = null;
        foreach (JsonNode? plugin in chain)
        {
            CommandResult added = Programs.Run(
                "nsenter",
                [
                    $"--net={world.Host.Path}", "env", $"PATH={legacy.Path}:/usr/sbin:/usr/bin:/sbin:/bin", "CNI_COMMAND=ADD", "CNI_CONTAINERID=c0",
                    $"CNI_NETNS={world.Container(0).Path}", "CNI_IFNAME=eth0", $"CNI_PATH={CniWorld.Reference}",
                    $"{CniWorld.Reference}/{plugin!["type"]}",
                ],
                CniWorld.With(plugin, result).ToJsonString());
            result = JsonNode.Parse(added.OrThrow().Output);
        }
        world.Host.RunOk("iptables-legacy-save").Should().Contain("CNI-DN-").And.Contain("CNI-FORWARD -s 10.9.0.2/32");

        string[] faults = [.. chain.Select(plugin => Ask("CHECK", plugin!).Output)];
        string[] left = [.. chain.Reverse().Select(plugin => OwnPluginTests.ErrorOf(Ask("DEL", plugin!)).Message)];
        world.Host.RunOk("for t in nat filter; do for p in iptables ip6tables; do $p-legacy -t $t -F; $p-legacy -t $t -X; done; done");
        int[] statuses = [.. chain.Reverse().Select(plugin => Ask("DEL", plugin!).ExitCode)];

        faults.Should().AllBe(string.Empty);
        left.Should().HaveCount(3).And.OnlyContain(message => message.Contains("rules of iptables-legacy, which stay", StringComparison.Ordinal));
        left.Select(message => message.Split("chain ")[1].Split(')')[0][..7]).Should().Equal("CNI-FOR", "CNI-DN-", "CNI-9b8");
        statuses.Should().AllBeEquivalentTo(0);
        world.Veths().Should().BeEmpty();

        CommandResult Ask(string command, JsonNode plugin) =>
            world.Call(Path.Combine(world.Plugins, plugin["type"]!.GetValue<string>()), command, CniWorld.With(plugin, result));
    }

    [Fact]
    public void An_address_that_the_reference_reserved_is_not_given_out_again()
    {
        using CniWorld world = new(containers: 2);
        world.AddChain(CniWorld.Reference, world.Chain());

        JsonNode second = world.AddChain(world.Plugins, world.Chain(port: 9080), container: 1);

        second["ips"]!.AsArray().Select(address => address!["address"]!.GetValue<string>()).Should().Equal("10.9.0.3/16", "fd00:9::3/64");
        world.ReservationsOf("net1").Should().Equal("10.9.0.2", "10.9.0.3", "fd00:9::2", "fd00:9::3");
    }

    [Fact]
    public void Install_replaces_plugins_by_links_and_uninstall_restores_them()
    {
        using CniWorld world = new();
        using Scratch scratch = new();
        File.WriteAllText(scratch.At("bridge"), "somebody's");
        string binary = Binary.BinaryWorld.Path;

        CommandResult refused = world.Host.Run(binary, "cni", "install", "--dir", scratch.Path);
        world.Host.Run(binary, "cni", "install", "--dir", scratch.Path, "--replace").OrThrow();
        string linked = File.ResolveLinkTarget(scratch.At("bridge"), returnFinalTarget: true)!.FullName;
        world.Host.Run(binary, "cni", "uninstall", "--dir", scratch.Path).OrThrow();

        refused.Errors
            .Should().Be($"bridgenet: directory: {scratch.Path} has bridge of somebody else: --replace puts them aside as NAME.before-bridgenet\n");
        linked.Should().Be(binary);
        Directory.GetFiles(scratch.Path).Select(Path.GetFileName).Should().Equal("bridge");
        File.ReadAllText(scratch.At("bridge")).Should().Be("somebody's");
    }
}
