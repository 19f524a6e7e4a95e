using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Who may not reach whom.</summary>
public sealed class IsolationTests
{
    [Fact]
    public async Task An_unpublished_port_is_closed_to_outside_even_with_a_route_to_the_container()
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80");
        using WebServer nginx = web.Serve();
        using WebServer unpublished = WebServer.Start(web.Place, "", port: 81);
        world.Router.RunOk("ip route add 172.17.0.0/16 via 192.0.2.1");

        bool published = await world.Router.ReachesAsync("192.0.2.1:8080");

        published.Should().BeTrue();
        (await world.Router.IsShutOutOfAsync("172.17.0.2:80")).Should().BeTrue("its door is the host's port");
        (await world.Router.IsShutOutOfAsync("172.17.0.2:81")).Should().BeTrue();
        (await world.Router.IsShutOutOfAsync("192.0.2.1:80")).Should().BeTrue();
    }

    [Fact]
    public async Task A_service_of_the_host_at_the_bridge_is_for_containers_and_the_host()
    {
        using DriverWorld world = new();
        world.Host.ServeTcp("172.17.0.1", 7000);
        Container container = world.Attach();
        world.Router.RunOk("ip route add 172.17.0.0/16 via 192.0.2.1");

        bool fromContainer = await container.Place.ReachesAsync("172.17.0.1:7000");
        bool fromHost = await world.Host.ReachesAsync("172.17.0.1:7000");
        bool fromOutside = await world.Router.ReachesAsync("172.17.0.1:7000", Asking.Briefly);

        (fromContainer, fromHost, fromOutside).Should().Be((true, true, false));
    }

    [Fact]
    public async Task Two_networks_reach_each_other_through_published_ports_alone()
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80");
        Container other = world.AttachTo(DriverWorld.Backend);
        using WebServer nginx = web.Serve();
        using WebServer nginxOfOther = other.Serve();

        bool direct = await other.Place.ReachesAsync("172.17.0.2:80", Asking.Briefly);
        bool directBack = await web.Place.ReachesAsync("172.18.0.2:80", Asking.Briefly);
        other.Place.Curl("http://192.0.2.1:8080/").OrThrow();

        (direct, directBack).Should().Be((false, false));
        nginx.WaitForVisit("/").Client.Should().Be("172.17.0.1", "a server that is on both networks would answer 172.18.0.2 past the host");
    }

    [Fact]
    public async Task A_container_does_not_reach_what_the_host_keeps_at_127_0_0_1()
    {
        using DriverWorld world = new();
        world.Host.ServeTcp("127.0.0.1", 7000);
        Container container = world.Attach();
        Attacker.SendLoopbackOut(container.Place, "eth0", "172.17.0.1");

        bool reached = await container.Place.ReachesAsync("127.0.0.1:7000", Asking.Briefly);

        reached.Should().BeFalse();
    }

    [Fact]
    public void A_container_does_not_pass_for_localhost()
    {
        using DriverWorld world = new();
        BackgroundProcess service = Attacker.Log(world.Host, 7000);
        Container container = world.Attach();

        bool delivered = Attacker.DeliversFromLoopback(container.Place, service, "172.17.0.1:7000");

        delivered.Should().BeFalse();
    }

    [Fact]
    public async Task A_neighbour_of_the_host_does_not_reach_what_is_published_at_127_0_0_1()
    {
        using DriverWorld world = new();
        using WebServer nginx = world.Attach("127.0.0.1:8080:80").Serve();
        Attacker.SendLoopbackOut(world.Router, "host", "192.0.2.1");

        bool reached = await world.Router.ReachesAsync("127.0.0.1:8080", Asking.Briefly);

        reached.Should().BeFalse();
        (await world.Host.ReachesAsync("127.0.0.1:8080")).Should().BeTrue();
    }
}
