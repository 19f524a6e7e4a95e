using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker;

/// <summary><c>docker network create --ipam-driver bridgenet</c> on a real dockerd.</summary>
public sealed class DockerIpamTests
{
    private const string Busybox = "/bin/busybox";

    [Theory]
    [InlineData(DockerGeneration.Debian12)]
    [InlineData(DockerGeneration.Later)]
    public async Task A_network_gets_a_subnet_that_is_free_on_the_host_and_serves_its_containers(DockerGeneration generation)
    {
        using PluginWorld world = new(generation);
        world.Host.RunOk("ip route add 172.18.0.0/15 via 192.0.2.254"); // a VPN's
        world.RunOk("network", "create", "-d", "bridgenet", "--ipam-driver", "bridgenet", "web");

        world.Serve("www", "page", "--network=web", "--publish=8080:80");

        (await world.Router.GetAsync("http://192.0.2.1:8080/")).Should().Be("page");
        AddressOf(world, "www").Should().Be("172.20.0.2");
        world.Host.RunOk("ip addr").Should().Contain("172.20.0.1/16");
        world.RunOk("rm", "-f", "www");
        world.RunOk("network", "rm", "web");
        Directory.GetFileSystemEntries(Path.Combine(world.StateDirectory, "docker/pools")).Should().BeEmpty();
    }

    [Fact]
    public void Subnet_range_gateway_and_reserved_addresses_are_as_asked_for()
    {
        using PluginWorld world = new(DockerGeneration.Debian12);
        world.RunOk(
            "network", "create", "-d", "bridgenet", "--ipam-driver", "bridgenet", "--ipv6", "--subnet=10.5.0.0/24", "--ip-range=10.5.0.128/25",
            "--gateway=10.5.0.254", "--aux-address=printer=10.5.0.128", "--subnet=fd00:5::/64", "both");

        world.Serve("one", "one", "--network=both");
        world.Serve("two", "two", "--network=both", "--ip=10.5.0.77", "--ip6=fd00:5::77");
        string printer = world.Docker.Run("run", "-d", "--name=three", "--network=both", "--ip=10.5.0.128", "web").Errors;

        AddressOf(world, "one").Should().Be("10.5.0.129");
        AddressOf(world, "two").Should().Be("10.5.0.77");
        world.RunOk("exec", "two", Busybox, "ip", "addr", "show", "eth0").Should().Contain("fd00:5::77/64");
        world.RunOk("exec", "two", Busybox, "ip", "route").Should().Contain("default via 10.5.0.254");
        printer.Should().Contain("10.5.0.128 is taken");
    }

    [Theory]
    [InlineData(DockerGeneration.Debian12)]
    [InlineData(DockerGeneration.Later)]
    public async Task After_a_power_cut_Docker_gives_back_what_its_dead_containers_had(DockerGeneration generation)
    {
        using PluginWorld world = new(generation);
        world.RunOk("network", "create", "-d", "bridgenet", "--ipam-driver", "bridgenet", "--subnet=10.5.0.0/29", "small");
        world.Serve("one", "one", "--network=small", "--publish=8080:80");
        world.RunOk("run", "-d", "--name=dead", "--network=small", "web"); // it has no restart policy

        world.Docker.Crash();
        world.Docker.WaitUntilServing("one");

        (await world.Router.GetAsync("http://192.0.2.1:8080/")).Should().Be("one");
        world.Endpoints.Should().ContainSingle();
        Directory.GetFiles(Path.Combine(world.StateDirectory, "docker/pools/10.5.0.0_29"), "10.*").Should()
            .HaveCount(2, "the gateway and the living container have an address");
    }

    [Fact]
    public void Docker_s_own_bridges_can_have_its_addresses()
    {
        using PluginWorld world = new(DockerGeneration.Debian12);
        world.RunOk("network", "create", "-d", "bridge", "--ipam-driver", "bridgenet", "theirs");

        world.Serve("one", "one", "--network=theirs");
        world.Serve("two", "two", "--network=theirs");

        world.RunOk("exec", "one", Busybox, "wget", "-q", "-O", "-", "http://two/").Should().Be("two");
        AddressOf(world, "two").Should().NotBe(AddressOf(world, "one"));
        string taken = world.Docker.Run("network", "create", "-d", "bridgenet", "--ipam-driver", "bridgenet", "--subnet",
            world.RunOk("network", "inspect", "-f", "{{(index .IPAM.Config 0).Subnet}}", "theirs"), "ours").Errors;
        taken.Should().Contain("overlaps");
    }

    private static string AddressOf(PluginWorld world, string container) => world.RunOk(
        "inspect", "-f", $"{{{{range $name, $own := .NetworkSettings.Networks}}}}{{{{$own.IPAddress}}}}{{{{end}}}}", container);
}
