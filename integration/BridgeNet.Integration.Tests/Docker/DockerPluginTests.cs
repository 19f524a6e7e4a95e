using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker;

/// <summary><c>docker network create -d bridgenet</c> on a real dockerd, of each release.</summary>
public abstract class DockerPluginTests(DockerGeneration generation)
{
    private const string Busybox = "/bin/busybox";

    [Fact]
    public async Task A_container_serves_its_published_port_and_calls_the_world()
    {
        using PluginWorld world = new(generation);
        using BackgroundProcess outside = world.Server.ServeTcp("198.51.100.2", 7);
        world.RunOk("network", "create", "-d", "bridgenet", "web");

        world.Serve("www", "by bridgenet", "--network=web", "--publish=8080:80");

        (await world.Router.GetAsync("http://192.0.2.1:8080/")).Should().Be("by bridgenet");
        (await world.Router.GetAsync("http://[2001:db8:1::1]:8080/")).Should().Be("by bridgenet", "the plugin serves IPv6 clients");
        (await world.Host.GetAsync("http://127.0.0.1:8080/")).Should().Be("by bridgenet");
        (await world.Host.GetAsync("http://[::1]:8080/")).Should().Be("by bridgenet");
        world.RunOk("exec", "www", Busybox, "nc", "-w", "5", "198.51.100.2", "7", "-e", Busybox, "true");
        world.Host.RunOk("ip -br link").Should().NotContain("docker_gwbridge");
        string own = world.RunOk("inspect", "-f", "{{.NetworkSettings.Networks.web.IPAddress}} {{.NetworkSettings.Networks.web.MacAddress}}", "www");
        world.RunOk("exec", "www", Busybox, "ip", "addr", "show", "eth0").Should().Contain(own.Split(' ')[0]).And.Contain(own.Split(' ')[1]);
    }

    [Fact]
    public async Task Restart_stop_and_remove_leave_what_they_should()
    {
        using PluginWorld world = new(generation);
        string before = world.Host.RunOk("ip -br link | cut -d' ' -f1");
        world.RunOk("network", "create", "-d", "bridgenet", "web");
        world.Serve("www", "again", "--network=web", "--publish=8080:80");

        world.RunOk("restart", "-t", "0", "www");
        world.Docker.WaitUntilServing("www");
        string afterRestart = await world.Router.GetAsync("http://192.0.2.1:8080/");
        world.RunOk("stop", "-t", "0", "www");
        world.Endpoints.Should().BeEmpty();
        world.Host.HasFree(8080).Should().BeTrue();
        world.RunOk("start", "www");
        world.Docker.WaitUntilServing("www");
        string afterStart = await world.Router.GetAsync("http://192.0.2.1:8080/");
        world.RunOk("rm", "-f", "www");
        world.RunOk("network", "rm", "web");

        (afterRestart, afterStart).Should().Be(("again", "again"));
        world.Endpoints.Should().BeEmpty();
        world.Host.RunOk("ip -br link | cut -d' ' -f1").Should().Be(before);
        world.Host.RunOk("nft list tables").Split('\n').Should().NotContain("table inet bridgenet");
    }

    [Fact]
    public async Task A_port_that_another_container_or_program_has_is_refused_in_words()
    {
        using PluginWorld world = new(generation);
        world.RunOk("network", "create", "-d", "bridgenet", "web");
        world.Serve("first", "first", "--network=web", "--publish=8080:80");
        using BackgroundProcess program = world.Host.ServeTcp("0.0.0.0", 9090);

        string taken = world.Docker.Run("run", "-d", "--name=second", "--network=web", "--publish=8080:80", "web").Errors;
        string bound = world.Docker.Run("run", "-d", "--name=third", "--network=web", "--publish=9090:80", "web").Errors;
        string onDockers = world.Docker.Run("run", "-d", "--name=fourth", "--publish=8080:80", "web").Errors;

        taken.Should().Contain("remote:").And.Contain("8080").And.Contain("endpoint docker-").And.Contain("has published it");
        bound.Should().Contain("remote:").And.Contain("9090").And.Contain("another program has bound it");
        onDockers.Should().Contain("address already in use", "the plugin holds the port by a socket");
        (await world.Router.GetAsync("http://192.0.2.1:8080/")).Should().Be("first");
        world.Endpoints.Should().ContainSingle("the containers that did not start have left nothing");
    }

    [Fact]
    public async Task Two_containers_find_each_other_by_name_and_an_internal_network_has_no_way_out()
    {
        using PluginWorld world = new(generation);
        world.RunOk("network", "create", "-d", "bridgenet", "--internal", "inside");
        world.Serve("one", "one", "--network=inside");
        world.Serve("two", "two", "--network=inside", "--publish=8080:80");

        world.RunOk("exec", "one", Busybox, "wget", "-q", "-O", "-", "http://two/").Should().Be("two");

        world.RunOk("exec", "one", Busybox, "ip", "route").Should().NotContain("default");
        (await world.Router.IsShutOutOfAsync("192.0.2.1:8080")).Should().BeTrue();
        world.Host.RunOk("ip -br link").Should().NotContain("docker_gwbridge");
    }

    [Fact]
    public async Task Containers_go_on_without_the_plugin_and_the_next_one_holds_their_ports()
    {
        using PluginWorld world = new(generation);
        world.RunOk("network", "create", "-d", "bridgenet", "web");
        world.Serve("www", "still here", "--network=web", "--publish=8080:80");

        world.KillPlugin();
        string without = await world.Router.GetAsync("http://192.0.2.1:8080/");
        bool wasFree = world.Host.HasFree(8080);
        world.StartPlugin();

        Eventually.Until(() => !world.Host.HasFree(8080), "the new plugin holds the port");
        (without, wasFree).Should().Be(("still here", true));
        (await world.Router.GetAsync("http://[2001:db8:1::1]:8080/")).Should().Be("still here");
        world.Host.RunOk("nft flush ruleset");
        (await world.Router.GetOnceServedAsync("http://192.0.2.1:8080/")).Should().Be("still here", "the plugin watches");
        world.RunOk("rm", "-f", "www");
        world.Endpoints.Should().BeEmpty();
    }

    [Fact]
    public async Task After_a_power_cut_a_container_comes_back_with_its_address_and_port()
    {
        using PluginWorld world = new(generation);
        world.RunOk("network", "create", "-d", "bridgenet", "web");
        world.Serve("www", "back", "--network=web", "--publish=8080:80");
        string address = world.RunOk("inspect", "-f", "{{.NetworkSettings.Networks.web.IPAddress}}", "www");

        world.Docker.Crash();
        world.Docker.WaitUntilServing("www");

        (await world.Router.GetAsync("http://192.0.2.1:8080/")).Should().Be("back");
        world.RunOk("inspect", "-f", "{{.NetworkSettings.Networks.web.IPAddress}}", "www").Should().Be(address);
        world.Endpoints.Should().ContainSingle();
    }

    [Fact]
    public async Task Ports_follow_the_network_that_is_the_way_out()
    {
        using PluginWorld world = new(generation);
        world.RunOk("network", "create", "-d", "bridgenet", "n");
        world.RunOk("network", "create", "-d", "bridgenet", "a");
        world.Serve("www", "moved", "--network=n", "--publish=8080:80");

        world.RunOk("network", "connect", "a", "www"); // the name that comes first is the way out
        string connected = await world.Router.GetAsync("http://192.0.2.1:8080/");
        world.RunOk("network", "disconnect", "a", "www");
        string disconnected = await world.Router.GetAsync("http://192.0.2.1:8080/");
        world.RunOk("network", "connect", "a", "www");
        world.RunOk("rm", "-f", "www");

        (connected, disconnected).Should().Be(("moved", "moved"));
        world.Endpoints.Should().BeEmpty();
        world.Host.HasFree(8080).Should().BeTrue();
    }

    [Fact]
    public void Bridgenet_shows_the_ports_that_Docker_cannot()
    {
        using PluginWorld world = new(generation);
        world.RunOk("network", "create", "-d", "bridgenet", "web");
        world.Serve("www", "page", "--network=web", "--publish=8080:80", "--publish=127.0.0.1::81/udp");

        string list = world.BridgeNetOk("docker", "ps", "--engine", world.Docker.Socket);
        string ports = world.BridgeNetOk("docker", "port", "www", "--engine", world.Docker.Socket);

        world.RunOk("port", "www").Should().BeEmpty("the plugin protocol has no field for it");
        list.Should().Contain("www").And.Contain("web").And.Contain("0.0.0.0:8080->80/tcp");
        ports.Should().MatchRegex("(?m)^80/tcp -> 0\\.0\\.0\\.0:8080$").And.MatchRegex("(?m)^81/udp -> 127\\.0\\.0\\.1:[0-9]+$");
    }

    [Fact]
    public void A_thousand_ports_are_a_few_elements()
    {
        using PluginWorld world = new(generation);
        world.RunOk("network", "create", "-d", "bridgenet", "web");

        world.RunOk("run", "-d", "--name=www", "--network=web", "--publish=20000-20999:20000-20999", "web");

        world.Host.RunOk("nft list map inet bridgenet open_ranges4").Should().Contain("20000-20999");
        world.Host.HasFree(20999).Should().BeFalse();
        world.RunOk("rm", "-f", "www");
        world.Host.HasFree(20999).Should().BeTrue();
    }

    [Fact]
    public async Task A_network_of_both_families_serves_both_and_keeps_the_addresses_that_were_asked_for()
    {
        using PluginWorld world = new(generation);
        world.RunOk(
            "network", "create", "-d", "bridgenet", "--ipv6", "--subnet=10.5.0.0/24", "--gateway=10.5.0.254", "--subnet=fd00:5::/64",
            "-o", "com.docker.network.bridge.name=br-mine", "-o", "com.docker.network.driver.mtu=1400", "both");

        world.Serve("www", "both", "--network=both", "--ip=10.5.0.77", "--ip6=fd00:5::77", "--publish=8080:80");

        (await world.Router.GetAsync("http://192.0.2.1:8080/")).Should().Be("both");
        (await world.Router.GetAsync("http://[2001:db8:1::1]:8080/")).Should().Be("both");
        string inside = world.RunOk("exec", "www", Busybox, "ip", "addr", "show", "eth0");
        inside.Should().Contain("10.5.0.77/24").And.Contain("fd00:5::77/64").And.Contain("mtu 1400");
        world.RunOk("exec", "www", Busybox, "ip", "route").Should().Contain("default via 10.5.0.254");
        world.Host.RunOk("ip addr show br-mine").Should().Contain("10.5.0.254/24").And.Contain("fd00:5::1/64");
    }

    [Theory]
    [InlineData("-o", "com.docker.network.bridge.enable_icc=maybe", "enable_icc=maybe: the value can be true or false")]
    [InlineData("-o", "com.docker.network.bridge.enable_ic=true", "there is no such option")]
    [InlineData("--ipam-driver", "null", "the network has no subnet")]
    public void A_network_that_cannot_be_is_refused_in_words(string option, string value, string reason)
    {
        using PluginWorld world = new(generation);

        CommandResult refused = world.Docker.Run("network", "create", "-d", "bridgenet", option, value, "web");

        refused.ExitCode.Should().NotBe(0);
        refused.Errors.Should().Contain("remote: ").And.Contain(reason);
        world.BridgeNetOk("network", "ls", "-q").Trim().Should().BeEmpty();
    }
}
