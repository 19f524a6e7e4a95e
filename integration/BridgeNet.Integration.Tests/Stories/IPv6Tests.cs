using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Networks that have IPv6, with IPv4 or without.</summary>
public sealed class IPv6Tests
{
    private static readonly NetworkDefinition s_both = DriverWorld.Backend with
    {
        Subnets = [SubnetDefinition.Parse("172.18.0.0/24"), SubnetDefinition.Parse("fd00:18::/64")],
    };

    private static readonly NetworkDefinition s_alone = DriverWorld.Backend with { IPv4 = false, Subnets = [SubnetDefinition.Parse("fd00:18::/64")] };

    [Fact]
    public void Addresses_are_there_at_once_and_so_is_the_way_out()
    {
        using DriverWorld world = new(s_both);
        Container container = world.Attach();

        string addresses = container.Place.RunOk("ip -o -6 addr show eth0") + world.Host.RunOk("ip -o -6 addr show br-backend");
        addresses.Should().Contain("fd00:18::2/64").And.Contain("fd00:18::1/64").And.Contain("nodad").And.NotContain("tentative");
        container.Place.RunOk("ip -6 route show default").Should().StartWith("default via fd00:18::1 dev eth0");
        $"{container.Endpoint.IPv6Address} {container.Endpoint.IPv6Gateway}".Should().Be("fd00:18::2/64 fd00:18::1");
        container.Place.RunOk("ping -c 1 -W 5 fd00:18::1").Should().Contain("1 received");
    }

    [Fact]
    public void The_kernel_takes_packets_to_all_addresses_at_once()
    {
        using DriverWorld world = new(s_both);
        using NetworkNamespace host = NetworkNamespace.Open(world.Host.Path);
        using RouteSocket outside = host.Run(RouteSocket.Open);
        List<RouteType> types = [];
        for (int attempt = 0; attempt < 30; attempt++) // without a wait one in three was too late
        {
            Netns place = world.AddContainer();
            using NetworkNamespace sandbox = NetworkNamespace.Open(place.Path);
            using RouteSocket inside = sandbox.Run(RouteSocket.Open);
            Network network = world.Driver.EnsureNetwork(new NetworkDefinition { Name = $"n{attempt}", IPv4 = false, IPv6 = true });
            types.Add(outside.GetRoute(network.Gateways[0].Address).Type);

            using EndpointLease lease = network.Attach(sandbox);

            types.Add(inside.GetRoute(lease.Endpoint.IPv6Address!.Address).Type);
            types.Add(inside.GetRoute(InterfaceAddress.LinkLocal(lease.Endpoint.MacAddress).Address).Type);
        }

        types.Should().AllBeEquivalentTo(RouteType.Local);
    }

    [Fact]
    public void Of_the_link_each_has_one_address_at_once()
    {
        using DriverWorld world = new(s_both);
        Container container = world.Attach();

        string inside = container.Place.RunOk("ip -o -6 addr show eth0 scope link");
        string bridge = world.Host.RunOk("ip -o -6 addr show br-backend scope link");

        inside.Should().Contain("fe80::42:acff:fe12:2/64").And.NotContain("tentative");
        bridge.Should().Contain("fe80::1/64").And.NotContain("tentative");
        container.Place.RunOk("ping -c 1 -W 5 fe80::1%eth0").Should().Contain("1 received");
    }

    [Fact]
    public async Task A_container_that_never_spoke_is_found_by_people_outside()
    {
        using DriverWorld world = new(s_both with { Announcements = 0 });
        Container web = world.Attach("8080:80");
        using BackgroundProcess service = web.Place.ServeTcp("::", 80);

        (await world.Server.ReachesAsync("[2001:db8:1::1]:8080")).Should().BeTrue("the host asks for its MAC address by one of its own on the link");
    }

    [Fact]
    public void Outside_the_host_is_seen_and_the_answer_comes_back()
    {
        using DriverWorld world = new(s_both);
        using WebServer outside = WebServer.Start(world.Server, "outside");

        string page = world.Attach().Place.Curl("http://[2001:db8:2::2]/").OrThrow().Output;

        page.Should().Be("outside");
        outside.WaitForVisit("/").Client.Should().Be("2001:db8:1::1");
    }

    [Fact]
    public void The_world_sees_the_one_address_that_was_chosen()
    {
        using DriverWorld world = new(s_both with { IPv6Source = IPAddress.Parse("2001:db8:1::77") });
        world.Host.RunOk("ip addr add 2001:db8:1::77/64 dev eth0 nodad");
        using WebServer outside = WebServer.Start(world.Server, "outside");

        world.Attach().Place.Curl("http://[2001:db8:2::2]/").OrThrow();

        outside.WaitForVisit("/").Client.Should().Be("2001:db8:1::77");
    }

    [Fact]
    public void A_port_is_published_at_both_families_under_one_number_and_clients_keep_their_addresses()
    {
        using DriverWorld world = new(s_both);
        Container web = world.Attach("80");
        using WebServer nginx = web.Serve("six");
        int port = web.Endpoint.Ports[0].HostPort;

        string page = world.Server.Curl($"http://[2001:db8:1::1]:{port}/").OrThrow().Output;

        page.Should().Be("six");
        nginx.WaitForVisit("/").Client.Should().Be("2001:db8:2::2");
        web.Endpoint.Ports.Select(published => $"{published}").Should().BeEquivalentTo($"0.0.0.0:{port}->80/tcp", $"[::]:{port}->80/tcp");
    }

    [Fact]
    public void A_container_reaches_itself_through_its_own_published_port()
    {
        using DriverWorld world = new(s_both);
        Container web = world.Attach("8080:80");
        using WebServer nginx = web.Serve("myself");

        web.Place.Curl("http://[2001:db8:1::1]:8080/").OrThrow().Output.Should().Be("myself");
    }

    [Fact]
    public async Task A_neighbour_with_a_route_does_not_get_past_the_rules()
    {
        using DriverWorld world = new(s_both);
        using WebServer nginx = world.Attach("8080:80").Serve();
        world.Router.RunOk("ip route add fd00:18::/64 via 2001:db8:1::1");

        (await world.Router.ReachesAsync("[2001:db8:1::1]:8080")).Should().BeTrue();
        (await world.Router.IsShutOutOfAsync("[fd00:18::2]:80")).Should().BeTrue();
    }

    [Fact]
    public void It_can_be_without_IPv4()
    {
        using DriverWorld world = new(s_alone);
        Container web = world.Attach("8080:80");

        web.Place.RunOk("ip -o -4 addr show eth0").Should().BeEmpty();
        web.Endpoint.IPv4Address.Should().BeNull();
        web.Endpoint.Ports.Select(published => $"{published}").Should().Equal("[::]:8080->80/tcp");
        web.Place.RunOk("ping -c 1 -W 5 2001:db8:2::2").Should().Contain("1 received");
    }

    [Fact]
    public void Without_a_subnet_it_gets_one_of_the_hosts_own()
    {
        using DriverWorld world = new(new NetworkDefinition { Name = "any", IPv6 = true });

        IPNetwork subnet = world.Network.Definition.Subnets[1].Subnet;

        subnet.PrefixLength.Should().Be(64);
        subnet.BaseAddress.GetAddressBytes()[0].Should().Be(0xfd);
    }

    [Fact]
    public void The_bridge_believes_no_router_and_the_host_forwards()
    {
        using DriverWorld world = new(s_both);

        world.Host.ReadSysctl("net.ipv6.conf.br-backend.accept_ra").Should().Be("0");
        world.Host.ReadSysctl("net.ipv6.conf.all.forwarding").Should().Be("1");
    }

    [Fact]
    public void A_host_address_of_a_family_that_the_network_has_not_is_refused()
    {
        using DriverWorld world = new();
        Action attach = () => world.Attach("[::1]:8080:80");

        attach.Should().Throw<ConfigurationException>().WithMessage("*::1 is of IPv6, which network bridge has not*");
    }

    [Theory]
    [InlineData("fe80::/16")]
    [InlineData("fe80:0:0:1::/64")]
    public void Of_the_link_local_addresses_one_subnet_alone_can_be(string subnet)
    {
        using DriverWorld world = new(s_both with { Subnets = [SubnetDefinition.Parse("fe80::/64")] });
        Action other = () => world.Driver.EnsureNetwork(new NetworkDefinition { Name = "other", Subnets = [SubnetDefinition.Parse(subnet)] });

        other.Should().Throw<ConfigurationException>().WithMessage("*overlaps the link-local addresses*");
    }

    [Fact]
    public void A_host_that_forwards_IPv4_alone_is_left_so()
    {
        using DriverWorld world = new();

        world.Host.ReadSysctl("net.ipv6.conf.all.forwarding").Should().Be("0");
    }
}
