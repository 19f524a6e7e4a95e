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
            .Should().Be($"bridgenet: plugins: {scratch.Path} has bridge of somebody else: --replace puts them aside as NAME.before-bridgenet\n");
        linked.Should().Be(binary);
        Directory.GetFiles(scratch.Path).Select(Path.GetFileName).Should().Equal("bridge");
        File.ReadAllText(scratch.At("bridge")).Should().Be("somebody's");
    }
}
