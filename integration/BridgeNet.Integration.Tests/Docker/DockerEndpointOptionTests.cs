using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker;

/// <summary>The options bridgenet.NAME of networks and endpoints on a real dockerd.</summary>
public sealed class DockerEndpointOptionTests
{
    private const string Busybox = "/bin/busybox";

    [Theory]
    [InlineData(DockerGeneration.Debian12)]
    [InlineData(DockerGeneration.Later)]
    public async Task A_network_s_ports_are_for_the_clients_that_it_names_and_an_endpoint_may_name_others(DockerGeneration generation)
    {
        using PluginWorld world = new(generation);
        world.RunOk("network", "create", "-d", "bridgenet", "-o", "bridgenet.publish-from=198.51.100.0/24", "web");
        world.Serve("one", "one", "--network=web", "--publish=8080:80");
        world.RunOk("create", "--name=two", "--publish=8081:80", "--env", "page=two", "web");
        world.RunOk("network", "disconnect", "bridge", "two");
        world.RunOk("network", "connect", "--driver-opt", "bridgenet.publish-from=192.0.2.0/24", "web", "two");
        world.RunOk("start", "two");
        world.Docker.WaitUntilServing("two");

        (await world.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("one");
        (await world.Router.IsShutOutOfAsync("192.0.2.1:8080")).Should().BeTrue();
        (await world.Router.GetAsync("http://192.0.2.1:8081/")).Should().Be("two");
        (await world.Server.IsShutOutOfAsync("192.0.2.1:8081")).Should().BeTrue();
        world.KillPlugin();
        world.StartPlugin();
        (await world.Router.IsShutOutOfAsync("192.0.2.1:8080")).Should().BeTrue("the next plugin knows it too");
    }

    [Theory]
    [InlineData(DockerGeneration.Debian12)]
    [InlineData(DockerGeneration.Later)]
    public void Routes_and_limits_of_an_endpoint_are_set(DockerGeneration generation)
    {
        using PluginWorld world = new(generation);
        world.RunOk("network", "create", "-d", "bridgenet", "--subnet=10.5.0.0/24", "web");
        world.Serve("one", "one");

        world.RunOk(
            "network", "connect", "--driver-opt", "bridgenet.route=10.9.0.0/16 via 10.5.0.77 10.8.0.0/16",
            "--driver-opt", "bridgenet.egress-rate=10m", "web", "one");

        string routes = world.RunOk("exec", "one", Busybox, "ip", "route");
        routes.Should().Contain("10.9.0.0/16 via 10.5.0.77 dev eth1").And.Contain("10.8.0.0/16 dev eth1");
        world.Endpoints.Single().GetProperty("Bandwidth").GetProperty("EgressRate").GetInt64().Should().Be(10_000_000);
        world.RunOk("network", "disconnect", "web", "one");
        Directory.GetFiles(Path.Combine(world.StateDirectory, "docker")).Should().BeEmpty("what was asked for it is forgotten");
    }

    [Theory]
    [InlineData("bridgenet.colour=red", "there is no such option")]
    [InlineData("bridgenet.egress-burst=64000", "limit nothing")]
    public void What_cannot_be_is_refused_in_words(string option, string reason)
    {
        using PluginWorld world = new(DockerGeneration.Debian12);
        world.RunOk("network", "create", "-d", "bridgenet", "web");
        world.Serve("one", "one");

        string refused = world.Docker.Run("network", "connect", "--driver-opt", option, "web", "one").Errors;

        refused.Should().Contain("remote: ").And.Contain(reason);
        world.Endpoints.Should().BeEmpty();
    }
}
