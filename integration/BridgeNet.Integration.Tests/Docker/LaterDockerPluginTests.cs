using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker;

/// <summary>The plugin on Docker 28 or later.</summary>
public sealed class LaterDockerPluginTests() : DockerPluginTests(DockerGeneration.Later)
{
    [Fact]
    public void IPv6_needs_no_subnet()
    {
        using PluginWorld world = new(DockerGeneration.Later);

        world.RunOk("network", "create", "-d", "bridgenet", "--ipv6", "web");
        world.Serve("www", "both", "--network=web", "--publish=8080:80");

        world.RunOk("inspect", "-f", "{{.NetworkSettings.Networks.web.GlobalIPv6Address}}", "www").Should().StartWith("fd");
        world.Host.Curl("http://[::1]:8080/").OrThrow().Output.Should().Be("both");
    }

    [Fact]
    public void A_network_can_be_without_IPv4()
    {
        using PluginWorld world = new(DockerGeneration.Later);

        world.RunOk("network", "create", "-d", "bridgenet", "--ipv4=false", "--ipv6", "six");
        world.Serve("www", "six", "--network=six", "--publish=8080:80");

        world.Router.Curl("http://[2001:db8:1::1]:8080/").OrThrow().Output.Should().Be("six");
        world.RunOk("exec", "www", "/bin/busybox", "ip", "-4", "addr", "show", "eth0").Should().BeEmpty();
    }

    [Fact]
    public void The_way_out_is_the_network_of_the_highest_priority()
    {
        using PluginWorld world = new(DockerGeneration.Later);
        world.RunOk("network", "create", "-d", "bridgenet", "a");
        world.RunOk("network", "create", "-d", "bridgenet", "--subnet=10.5.0.0/24", "z");

        world.Serve("www", "here", "--network=a", "--network=name=z,gw-priority=1", "--publish=8080:80");

        world.RunOk("exec", "www", "/bin/busybox", "ip", "route").Should().Contain("default via 10.5.0.1");
        world.Router.Curl("http://192.0.2.1:8080/").OrThrow().Output.Should().Be("here");
    }
}
