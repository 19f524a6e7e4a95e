using System.Net;

using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>How a network stands to the world outside it.</summary>
public sealed class GatewayModeTests
{
    private static readonly NetworkDefinition s_backend = DriverWorld.Backend;

    [Fact]
    public async Task A_routed_network_shows_its_containers_own_addresses_and_published_ports_alone()
    {
        using DriverWorld world = new(s_backend with { IPv4Mode = GatewayMode.Routed });
        LeadTheWorldTo(world, "172.18.0.0/24");
        Container web = world.Attach("8080:80");
        using WebServer nginx = web.Serve();
        using WebServer unpublished = WebServer.Start(web.Place, "", port: 81);
        using WebServer outside = WebServer.Start(world.Server, "outside");

        (await world.Server.ReachesAsync("172.18.0.2:80")).Should().BeTrue();
        (await world.Server.IsShutOutOfAsync("172.18.0.2:81")).Should().BeTrue();
        (await world.Server.IsShutOutOfAsync("192.0.2.1:8080")).Should().BeTrue("the host's port is of no use there");
        world.Server.RunOk("ping -c 1 -W 5 172.18.0.2").Should().Contain("1 received");
        web.Place.Curl("http://198.51.100.2/").OrThrow();
        outside.WaitForVisit("/").Client.Should().Be("172.18.0.2", "nothing is translated");
    }

    [Fact]
    public async Task An_unprotected_network_is_open_to_who_has_a_route()
    {
        using DriverWorld world = new(s_backend with { IPv4Mode = GatewayMode.NatUnprotected });
        world.Router.RunOk("ip route add 172.18.0.0/24 via 192.0.2.1");
        Container web = world.Attach("8080:80");
        using WebServer nginx = web.Serve();
        using WebServer unpublished = WebServer.Start(web.Place, "", port: 81);

        (await world.Router.ReachesAsync("172.18.0.2:81")).Should().BeTrue();
        (await world.Router.ReachesAsync("192.0.2.1:8080")).Should().BeTrue();
    }

    [Fact]
    public async Task Behind_a_trusted_interface_published_ports_answer_at_the_containers_address()
    {
        using DriverWorld world = new(s_backend with { TrustedInterfaces = [InterfaceName.Parse("eth0")] });
        world.Router.RunOk("ip route add 172.18.0.0/24 via 192.0.2.1");
        Container web = world.Attach("8080:80");
        using WebServer nginx = web.Serve();
        using WebServer unpublished = WebServer.Start(web.Place, "", port: 81);

        (await world.Router.ReachesAsync("172.18.0.2:80")).Should().BeTrue();
        (await world.Router.IsShutOutOfAsync("172.18.0.2:81")).Should().BeTrue();
    }

    [Fact]
    public void An_isolated_network_has_no_address_of_the_host_and_all_of_the_subnet_for_its_containers()
    {
        using DriverWorld world = new(s_backend with
        {
            Internal = true,
            IPv4Mode = GatewayMode.Isolated,
            Subnets = [SubnetDefinition.Parse("172.18.0.0/31")],
        });
        Container one = world.Attach();
        Container other = world.Attach();

        world.Host.RunOk("ip -o addr show br-backend").Should().BeEmpty();
        one.Place.RunOk("ip route show default").Should().BeEmpty();
        one.Place.RunOk($"ping -c 1 -W 5 {other.Address}").Should().Contain("1 received");
        new[] { $"{one.Address}", $"{other.Address}" }.Should().Equal("172.18.0.0", "172.18.0.1");
    }

    [Fact]
    public async Task An_internal_network_has_no_way_out_and_no_published_ports_but_the_hosts_bridge_address()
    {
        using DriverWorld world = new(s_backend with { Internal = true });
        world.Host.ServeTcp("172.18.0.1", 7000);
        Container container = world.Attach();
        Action publishing = () => world.Attach("8080:80");
        container.Place.RunOk("ip route add default via 172.18.0.1");
        world.Host.WriteSysctl("net.ipv4.ip_forward", "1");
        LeadTheWorldTo(world, "172.18.0.0/24");

        publishing.Should().Throw<ConfigurationException>().WithMessage("*network backend is internal*");
        (await container.Place.ReachesAsync("172.18.0.1:7000")).Should().BeTrue();
        container.Place.Run("ping -c 1 -W 1 198.51.100.2").Output.Should().Contain(" 0 received");
    }

    [Fact]
    public async Task An_internal_container_does_not_reach_what_another_network_publishes_through_its_own_gateway()
    {
        using DriverWorld world = new();
        using WebServer nginx = world.Attach("8080:80").Serve();
        Container inside = world.AttachTo(s_backend with { Internal = true });
        inside.Place.RunOk("ip route add default via 172.18.0.1");

        (await world.Router.ReachesAsync("192.0.2.1:8080")).Should().BeTrue();
        (await inside.Place.IsShutOutOfAsync("172.18.0.1:8080")).Should().BeTrue();
        (await inside.Place.IsShutOutOfAsync("192.0.2.1:8080")).Should().BeTrue();
    }

    [Fact]
    public async Task Where_containers_are_kept_apart_their_published_ports_still_answer_each_other()
    {
        using DriverWorld world = new(s_backend with { InterContainer = false });
        using WebServer nginx = world.Attach("8080:80").Serve();
        Container peer = world.Attach();
        BridgeNetfilter.Set(world.Host, 0);

        (await peer.Place.ReachesAsync("192.0.2.1:8080")).Should().BeTrue();
        (await peer.Place.IsShutOutOfAsync("172.18.0.2:80")).Should().BeTrue();
    }

    [Fact]
    public void The_world_sees_the_one_address_that_was_chosen()
    {
        using DriverWorld world = new(s_backend with { IPv4Source = IPAddress.Parse("192.0.2.77") });
        world.Host.RunOk("ip addr add 192.0.2.77/24 dev eth0");
        using WebServer outside = WebServer.Start(world.Server, "outside");

        world.Attach().Place.Curl("http://198.51.100.2/").OrThrow();

        outside.WaitForVisit("/").Client.Should().Be("192.0.2.77");
    }

    [Fact]
    public void Without_masquerade_the_world_sees_the_containers_address_and_its_answers_come_back()
    {
        using DriverWorld world = new(s_backend with { Masquerade = false });
        LeadTheWorldTo(world, "172.18.0.0/24");
        using WebServer outside = WebServer.Start(world.Server, "outside");

        world.Attach().Place.Curl("http://198.51.100.2/").OrThrow();

        outside.WaitForVisit("/").Client.Should().Be("172.18.0.2");
    }

    [Fact]
    public void Ports_without_a_host_address_are_published_at_the_networks_own()
    {
        using DriverWorld world = new(s_backend with { HostBinding = IPAddress.Parse("192.0.2.1") });

        Container web = world.Attach("8080:80", "127.0.0.1:8081:80");

        web.Endpoint.Ports.Select(port => $"{port}").Should().BeEquivalentTo("192.0.2.1:8080->80/tcp", "127.0.0.1:8081->80/tcp");
    }

    [Fact]
    public void What_cannot_be_together_is_refused()
    {
        using DriverWorld world = new(network: null);
        Action open = () => world.Driver.EnsureNetwork(s_backend with { IPv4Mode = GatewayMode.Isolated });
        Action routed = () => world.Driver.EnsureNetwork(s_backend with
        {
            Internal = true,
            Subnets = [SubnetDefinition.Parse("172.18.0.0/24") with { NextHop = IPAddress.Parse("172.18.0.2") }],
        });

        open.Should().Throw<ConfigurationException>().WithMessage("*isolated is for internal networks*");
        routed.Should().Throw<ConfigurationException>().WithMessage("*an internal network has no way out*");
    }

    [Fact]
    public async Task Who_may_use_a_published_port_can_be_said()
    {
        using DriverWorld world = new(s_backend);
        PortSpec port = PortSpec.Parse("8080:80") with { Sources = [IPNetwork.Parse("198.51.100.0/24")] };
        using WebServer nginx = world.Attach(new EndpointRequest { Publish = [port] }).Serve();

        (await world.Server.ReachesAsync("192.0.2.1:8080")).Should().BeTrue();
        (await world.Router.IsShutOutOfAsync("192.0.2.1:8080")).Should().BeTrue();
        (await world.Host.ReachesAsync("127.0.0.1:8080")).Should().BeTrue("the host's own programs always get through");
    }

    private static void LeadTheWorldTo(DriverWorld world, string subnet)
    {
        world.Router.RunOk($"ip route add {subnet} via 192.0.2.1");
        world.Server.RunOk($"ip route add {subnet} via 198.51.100.1");
    }
}
