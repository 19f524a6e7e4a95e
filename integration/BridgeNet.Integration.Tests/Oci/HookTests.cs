using System.Text.Json.Nodes;

using BridgeNet.Integration.Tests.Binary;
using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Oci;

/// <summary>Containers of real runtimes, connected by the hook.</summary>
public sealed class HookTests
{
    [Theory]
    [InlineData("runc", "createRuntime")]
    [InlineData("runc", "prestart")]
    [InlineData("crun", "createRuntime")]
    [InlineData("crun", "prestart")]
    public async Task A_container_gets_docker0_and_its_port_answers_from_outside(string program, string hook)
    {
        using OciRuntime runtime = new(program);

        runtime.Start(
            "web", new JsonObject { ["bridgenet.publish"] = "8080:80,9090:90/udp", ["bridgenet.name"] = "web", ["org.other"] = "x" }, hook).OrThrow();
        string page = await runtime.World.Server.GetOnceServedAsync("http://192.0.2.1:8080/");
        string listed = runtime.Binary("ls").OrThrow().Output;
        string device = runtime.Host.RunOk("ip -4 -br addr show docker0");
        runtime.Delete("web").OrThrow();

        page.Should().Be("hello");
        listed.Should().Contain("web").And.Contain("172.17.0.2");
        device.Should().Contain("172.17.0.1/16");
        runtime.Leftovers().Should().BeEmpty();
    }

    [Theory]
    [InlineData("runc")]
    [InlineData("crun")]
    public async Task An_annotation_overrides_the_hook_s_argument(string program)
    {
        using OciRuntime runtime = new(program);

        runtime.Start("web", new JsonObject { ["bridgenet.ip"] = "172.17.0.77" }, arguments: ["--publish", "8080:80", "--ip=172.17.0.5"]).OrThrow();

        (await runtime.World.Server.GetOnceServedAsync("http://192.0.2.1:8080/")).Should().Be("hello");
        runtime.Binary("ls").Output.Should().Contain("172.17.0.77").And.NotContain("172.17.0.5");
    }

    [Fact]
    public void Two_networks_give_two_interfaces_and_the_first_has_the_default_route()
    {
        using OciRuntime runtime = new("runc");
        runtime.Binary("network", "create", "--subnet", "10.55.0.0/16", "second").OrThrow();

        runtime.Start("web", new JsonObject { ["bridgenet.network"] = "bridge,second" }).OrThrow();
        string pid = JsonNode.Parse(runtime.Run("state web").Output)!["pid"]!.ToString();
        string inside = runtime.Host.RunOk($"nsenter --target {pid} --net ip -4 -br addr; nsenter --target {pid} --net ip route");
        runtime.Delete("web").OrThrow();

        inside
            .Should()
                .Contain("eth0")
                .And.Contain("172.17.0.2/16")
                .And.Contain("eth1")
                .And.Contain("10.55.0.2/16")
                .And.Contain("default via 172.17.0.1");
        runtime.Leftovers().Should().BeEmpty();
    }

    [Theory]
    [InlineData("runc")]
    [InlineData("crun")]
    public void A_taken_port_fails_the_container_with_one_line_and_leaves_nothing(string program)
    {
        using OciRuntime runtime = new(program);
        runtime.Start("first", new JsonObject { ["bridgenet.publish"] = "8080:80", ["bridgenet.name"] = "first" }).OrThrow();
        string before = runtime.Leftovers();

        CommandResult second = runtime.Start("second", new JsonObject { ["bridgenet.network"] = "bridge", ["bridgenet.publish"] = "8080:80" });

        second.ExitCode.Should().NotBe(0);
        if (program is "runc")
        {
            second.Output.Should().Contain("bridgenet: ").And.Contain("8080").And.Contain("first"); // crun throws away what hooks print
        }
        runtime.Leftovers().Should().Be(before);
    }

    [Fact]
    public void The_poststop_of_a_failed_create_leaves_another_container_s_name_alone()
    {
        using OciRuntime runtime = new("runc");
        runtime.Start("first", new JsonObject { ["bridgenet.name"] = "web" }).OrThrow();

        CommandResult second = runtime.Start("second", new JsonObject { ["bridgenet.name"] = "web" });
        CommandResult stopped = runtime.Hook(
            "poststop",
            """{"ociVersion":"1.0","id":"second","status":"stopped","pid":0,"bundle":"/nowhere","annotations":{"bridgenet.name":"web"}}""");

        second.ExitCode.Should().NotBe(0);
        stopped.ExitCode.Should().Be(0);
        runtime.Binary("ls", "--quiet").Output.Should().NotBeEmpty();
    }

    [Fact]
    public void A_second_call_of_the_hook_replaces_the_first_connection()
    {
        using OciRuntime runtime = new("runc");
        runtime.Start("web", new JsonObject { ["bridgenet.publish"] = "8080:80" }).OrThrow();
        string state = runtime.Run("state web").Output;

        CommandResult again = runtime.Hook("createRuntime", state);

        again.ToString().Should().Contain("exit status 0");
        runtime.Binary("ls", "--quiet").Output.Trim().Split('\n').Should().HaveCount(1);
    }

    [Theory]
    [InlineData("""{"ociVersion":"1.0","id":"never-was","pid":0}""")]
    [InlineData("""{"id":"x","status":"stopped","annotations":{"bridgenet.nonsense":"1"},"extra":{"a":[1]}}""")]
    [InlineData("no state at all")]
    public void Poststop_succeeds_when_nothing_is_left(string state)
    {
        using OciRuntime runtime = new("runc");

        runtime.Hook("poststop", state).ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("bridgenet.pubish", "80:80", "bridgenet: annotation: bridgenet.pubish is not known: there are *bridgenet.publish*")]
    [InlineData("bridgenet.ip", "172.17.0.2\nx", "bridgenet: annotation: *is not an IPv4 address*")]
    [InlineData("bridgenet.name", "../../etc", "bridgenet: endpoint name: *")]
    [InlineData("bridgenet.network", "no-such", "bridgenet: network no-such*")]
    [InlineData("bridgenet.netns", "/run/netns/none", "bridgenet: *ENOENT*")]
    public void A_wrong_annotation_is_refused_in_one_line(string annotation, string value, string line)
    {
        using OciRuntime runtime = new("runc");
        using Netns sandbox = Netns.Create();
        JsonObject annotations = new() { ["bridgenet.netns"] = sandbox.Path };
        annotations[annotation] = value;

        CommandResult result = runtime.Hook(
            "createRuntime", new JsonObject { ["id"] = "web", ["pid"] = 1, ["annotations"] = annotations }.ToJsonString());

        result.ExitCode.Should().Be(1);
        result.Errors.Trim().Should().Match(line).And.NotContain("\n");
        runtime.Leftovers().Should().BeEmpty();
    }

    [Fact]
    public void A_container_with_the_hosts_network_is_left_alone()
    {
        using OciRuntime runtime = new("runc");
        using BackgroundProcess process = runtime.Host.Start("sleep", "60");
        process.Until(() => File.ReadAllText($"/proc/{process.Id}/comm").Trim() is "sleep", "it runs in the host's namespace, not on its way there");

        JsonObject annotations = new() { ["bridgenet.publish"] = "8080:80" };
        CommandResult result = runtime.Hook(
            "createRuntime", new JsonObject { ["id"] = "web", ["pid"] = process.Id, ["annotations"] = annotations }.ToJsonString());

        result.ExitCode.Should().Be(0);
        runtime.Leftovers().Should().BeEmpty();
    }

    [Fact]
    public async Task Podman_calls_the_hook_through_the_files_that_install_writes()
    {
        using World world = new();
        using Scratch scratch = new();
        world.Host.Run(BinaryWorld.Path, "oci-hook", "install", "--dir", scratch.At("hooks.d")).OrThrow();
        using Podman podman = Podman.StartWithHooks(world.Host, scratch.At("hooks.d"));

        podman.Serve("web", "--network", "none", "--annotation", "bridgenet.network=bridge", "--annotation", "bridgenet.publish=8080:80");
        string page = await world.Server.GetOnceServedAsync("http://192.0.2.1:8080/");
        string listed = podman.RunInside(BinaryWorld.Path, "ls").Output;
        podman.RunOk("rm", "--force", "--time", "0", "web");

        page.Should().Be("hello");
        listed.Should().Contain("172.17.0.2");
        podman.RunInside(BinaryWorld.Path, "ls", "--quiet").Output.Should().BeEmpty();
        world.Host.RunOk("ip -br link show type veth | grep -v '^eth0' || true").Should().BeEmpty();
    }
}
