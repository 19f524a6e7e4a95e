using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>What an endpoint may ask for beside its addresses and ports.</summary>
public sealed class EndpointOptionTests
{
    [Fact]
    public void Kernel_settings_are_those_of_its_interface_alone()
    {
        using DriverWorld world = new();

        Container container = world.Attach(new EndpointRequest
        {
            InterfaceName = InterfaceName.Parse("net.0"),
            Sysctls = [KeyValuePair.Create("net.ipv4.conf.IFNAME.log_martians", "1")],
        });

        container.Place.RunOk("cat /proc/sys/net/ipv4/conf/net.0/log_martians").Trim().Should().Be("1");
        container.Place.ReadSysctl("net.ipv4.conf.all.log_martians").Should().Be("0");
    }

    [Theory]
    [InlineData("net.ipv4.ip_forward")]
    [InlineData("net.ipv4.conf.eth0.log_martians")]
    [InlineData("kernel.ipv4.conf.IFNAME.log_martians")]
    [InlineData("net.ipv4.conf.IFNAME.log.martians")]
    public void Other_kernel_settings_are_refused(string key)
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Action attach = () => world.Attach(new EndpointRequest { Sysctls = [KeyValuePair.Create(key, "1")] });

        attach.Should().Throw<ConfigurationException>().WithMessage($"*{key}=1*");
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Addresses_of_no_pool_and_routes_of_its_own_are_there()
    {
        using DriverWorld world = new();

        Container container = world.Attach(new EndpointRequest
        {
            LinkLocalAddresses = [InterfaceAddress.Parse("169.254.3.4/16")],
            Routes =
            [
                new StaticRoute(IPNetwork.Parse("10.7.0.0/16"), IPAddress.Parse("172.17.0.9")),
                new StaticRoute(IPNetwork.Parse("10.8.0.0/16"), NextHop: null),
            ],
        });

        container.Place.RunOk("ip -o -4 addr show eth0").Should().Contain("172.17.0.2/16").And.Contain("169.254.3.4/16");
        container.Place.RunOk("ip route").Should().Contain("10.7.0.0/16 via 172.17.0.9 dev eth0").And.Contain("10.8.0.0/16 dev eth0 scope link");
    }

    [Fact]
    public void A_route_that_another_endpoint_of_the_container_has_is_refused_and_nothing_is_half_done()
    {
        using DriverWorld world = new();
        Network backend = world.Driver.EnsureNetwork(DriverWorld.Backend);
        StaticRoute first = new(IPNetwork.Parse("10.7.0.0/16"), IPAddress.Parse("172.17.0.9"));
        Container web = world.Attach(new EndpointRequest { Routes = [first], Keep = true });
        string before = Snapshot.Of(world, web.Place);

        Action attach = () => DriverWorld.Attach(
            backend, web.Place, new EndpointRequest { Routes = [first with { NextHop = IPAddress.Parse("172.18.0.9") }], Keep = true });

        attach.Should().Throw<EndpointConflictException>().WithMessage("*the container has another route to 10.7.0.0/16*");
        Snapshot.Of(world, web.Place).Should().Be(before);
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, null)]
    [InlineData(false, "other0")]
    public void A_container_is_on_a_network_once(bool hasDefaultRoute, string? name)
    {
        using DriverWorld world = new();
        Container web = world.Attach(new EndpointRequest { Name = "web", DefaultRoute = hasDefaultRoute });
        string before = Snapshot.Of(world, web.Place);

        Action again = () => DriverWorld.Attach(world.Network, web.Place, new EndpointRequest
        {
            DefaultRoute = hasDefaultRoute,
            InterfaceName = name is null ? null : InterfaceName.Parse(name),
        });

        again.Should().Throw<EndpointConflictException>().WithMessage("*the container is on network bridge as endpoint web*");
        Snapshot.Of(world, web.Place).Should().Be(before);
        web.Lease.Dispose();
        again.Should().NotThrow();
    }

    [Fact]
    public void A_default_route_of_ones_own_is_given_where_the_network_gives_none()
    {
        using DriverWorld world = new();

        Container container = world.Attach(new EndpointRequest
        {
            DefaultRoute = false,
            Routes = [new StaticRoute(IPNetwork.Parse("0.0.0.0/0"), NextHop: null)],
            Keep = true,
        });

        container.Place.RunOk("ip route show default").Should().Contain("default dev eth0 scope link");
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    [Fact]
    public void It_need_not_have_a_way_out()
    {
        using DriverWorld world = new();

        Container container = world.Attach(new EndpointRequest { DefaultRoute = false });

        container.Place.RunOk("ip route show default").Should().BeEmpty();
    }

    [Fact]
    public void Without_a_wish_the_Ethernet_address_is_local_and_follows_the_IP_address()
    {
        using DriverWorld world = new();

        Endpoint endpoint = world.Attach(new EndpointRequest { IPv4Address = IPAddress.Parse("172.17.1.2") }).Endpoint;

        $"{endpoint.MacAddress}".Should().Be("02:42:ac:11:01:02");
    }

    [Fact]
    public void It_passes_for_nobody_else_unless_that_is_asked_for()
    {
        using DriverWorld world = new();
        Container kept = world.Attach();
        Container free = world.Attach(new EndpointRequest { AntiSpoofing = false });
        foreach (Container container in new[] { kept, free })
        {
            container.Place.RunOk("ip addr add 172.17.9.9/16 dev eth0");
        }

        kept.Place.Run("ping -c 1 -W 1 -I 172.17.9.9 172.17.0.1").Output.Should().Contain(" 0 received");
        kept.Place.RunOk("ip addr del 172.17.9.9/16 dev eth0");
        world.Host.RunOk("ip neigh flush dev docker0");
        free.Place.RunOk("ping -c 1 -W 5 -I 172.17.9.9 172.17.0.1").Should().Contain("1 received");
    }

    [Fact]
    public async Task A_frame_with_another_Ethernet_address_does_not_pass()
    {
        using DriverWorld world = new();
        world.Host.ServeTcp("172.17.0.1", 7000);
        Container container = world.Attach();
        bool before = await container.Place.ReachesAsync("172.17.0.1:7000");
        container.Place.RunOk("ip link set eth0 address 02:00:00:00:00:99");

        bool after = await container.Place.ReachesAsync("172.17.0.1:7000", Asking.Briefly);

        (before, after).Should().Be((true, false));
    }
}
