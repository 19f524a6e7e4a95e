using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Cni;

/// <summary>Debian's podman with its CNI backend and its default network, on our plugins.</summary>
public sealed class PodmanTests
{
    [Fact]
    public async Task A_container_is_made_published_restarted_put_on_two_networks_and_removed()
    {
        using CniWorld world = new();
        using Podman podman = Podman.StartWithCni(world.Host, world.Plugins);

        podman.Serve("web", "--publish", "8080:80");
        string first = await world.World.Server.GetOnceServedAsync("http://192.0.2.1:8080/");
        podman.RunOk("restart", "--time", "0", "web");
        string again = await world.World.Server.GetOnceServedAsync("http://192.0.2.1:8080/");
        podman.RunOk("network", "create", "--subnet", "10.99.0.0/24", "second");
        podman.Serve("two", "--network", "podman,second", "--publish", "8081:80");
        string two = await world.World.Server.GetOnceServedAsync("http://192.0.2.1:8081/");
        string links = podman.RunOk("exec", "two", "/bin/busybox", "ip", "-4", "addr");
        string shown = podman.RunOk("inspect", "--format", "{{.NetworkSettings.Ports}}", "two");
        podman.RunOk("rm", "--force", "--time", "0", "web", "two");

        new[] { first, again, two }.Should().AllBe("hello");
        links.Should().Contain("10.88.0.").And.Contain("10.99.0.2/24");
        shown.Should().Contain("8081");
        world.Veths().Should().BeEmpty();
        world.Rules().Should().NotContainAny("CNI-DN-", "10.88.0.", "10.99.0.", "8080", "8081");
        podman.RunInside("find", "/var/lib/cni/networks", "-name", "10.*").Output.Should().BeEmpty();
    }

    [Fact]
    public void A_container_gets_the_static_address_and_MAC_that_it_asks_for()
    {
        using CniWorld world = new();
        using Podman podman = Podman.StartWithCni(world.Host, world.Plugins);

        podman.Serve("web", "--ip", "10.88.7.7", "--mac-address", "02:00:00:00:12:34");
        string inside = podman.RunOk("exec", "web", "/bin/busybox", "ip", "addr", "show", "eth0");

        inside.Should().Contain("10.88.7.7/16").And.Contain("02:00:00:00:12:34");
    }
}
