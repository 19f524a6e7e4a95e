using System.Text.Json.Nodes;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Cni;

/// <summary>Debian's containerd and `ctr run --cni`, on our plugins.</summary>
public sealed class ContainerdTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_container_s_port_answers_from_outside_and_its_removal_leaves_nothing(bool isOwn)
    {
        using CniWorld world = new();
        JsonObject conflist = new() { ["cniVersion"] = "1.0.0", ["name"] = "net1", ["plugins"] = isOwn ? Own(world) : Chain(world) };
        using Containerd containerd = Containerd.Start(world.Host, conflist.ToJsonString());
        containerd.RunInside(Binary.BinaryWorld.Path, "cni", "install").OrThrow();

        using BackgroundProcess run = containerd.Serve(world.Host, "web");
        run.Until(() => containerd.Run("task", "ls").Output.Contains("RUNNING", StringComparison.Ordinal), "the container runs");
        run.Until(() => world.Host.Curl("http://192.0.2.1:8080/").ExitCode == 0, "it serves");
        string page = await world.World.Server.GetOnceServedAsync("http://192.0.2.1:8080/");
        containerd.Run("task", "kill", "--signal", "KILL", "web").OrThrow();
        run.WaitForExit();

        page.Should().Be("hello");
        world.Veths().Should().BeEmpty();
        world.Rules().Should().NotContainAny("CNI-DN-", "10.9.0.2", "bridgenet");
        world.ReservationsOf("net1").Should().BeEmpty();
    }

    private static JsonArray Own(CniWorld world) => [Bare(world.Own(subnet6: null))];

    private static JsonArray Chain(CniWorld world) => [.. world.Chain(subnet6: null).Select(plugin => Bare(plugin!))];

    /// <summary>As a list has it: name and version are the list's.</summary>
    private static JsonObject Bare(JsonNode plugin)
    {
        JsonObject copy = plugin.DeepClone().AsObject();
        copy.Remove("name");
        copy.Remove("cniVersion");
        return copy;
    }
}
