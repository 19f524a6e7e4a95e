using System.Net;

using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>What a network's options do to its bridge, its addresses and its interfaces.</summary>
public sealed class NetworkOptionTests
{
    private static readonly NetworkDefinition s_backend = DriverWorld.Backend;

    [Fact]
    public void Without_a_subnet_it_gets_the_first_of_Dockers_that_no_route_overlaps_and_a_bridge_named_by_its_id()
    {
        using DriverWorld world = new(network: null);
        world.Host.RunOk("ip route add 172.17.0.0/16 via 192.0.2.254; ip route add 172.18.5.0/24 dev eth0");

        Network network = world.Driver.EnsureNetwork(new NetworkDefinition { Name = "any" });

        network.Definition.Subnets.Select(subnet => subnet.Subnet.ToString()).Should().Equal("172.19.0.0/16");
        network.Device.ToString().Should().Be($"br-{network.Id}").And.MatchRegex("^br-[0-9a-f]{12}$");
        world.Host.RunOk($"ip -o -4 addr show {network.Device}").Should().Contain("172.19.0.1/16");
    }

    [Theory]
    [InlineData("ip addr add 172.17.5.9/24 dev eth0")]
    [InlineData("ip route add 172.17.9.9/32 via 192.0.2.254")]
    [InlineData("ip link add lan type bridge; ip addr add 172.17.5.9/24 dev lan")]
    public void The_default_network_moves_on_where_the_host_has_its_addresses_itself(string command)
    {
        using DriverWorld world = new(network: null);
        world.Host.RunOk(command);
        string routes = world.Host.RunOk("ip route | grep '^172.17' || true");

        Network network = world.Driver.EnsureNetwork(NetworkDefinition.Docker0);

        network.Gateways.Select(gateway => $"{gateway}").Should().Equal("172.18.0.1/16");
        world.Host.RunOk("ip route | grep '^172.17' || true").Should().Be(routes);
        world.Driver.EnsureNetwork(NetworkDefinition.Docker0).Id.Should().Be(network.Id);
        DriverWorld.Attach(network, world.AddContainer()).Place.RunOk("ping -c 1 -W 5 198.51.100.2");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_default_network_and_another_get_the_same_subnets_in_either_order(bool isDefaultFirst)
    {
        using DriverWorld world = new(network: null);
        NetworkDefinition other = new() { Name = "other" };

        foreach (NetworkDefinition definition in isDefaultFirst ? new[] { NetworkDefinition.Docker0, other } : [other, NetworkDefinition.Docker0])
        {
            world.Driver.EnsureNetwork(definition);
        }

        world.Driver.Networks.Select(network => $"{network.Name} {network.Gateways[0]}")
            .Should().Equal("bridge 172.17.0.1/16", "other 172.18.0.1/16");
    }

    [Fact]
    public void The_default_networks_subnet_is_anybodys_who_names_it()
    {
        using DriverWorld world = new(new NetworkDefinition { Name = "other", Subnets = [SubnetDefinition.Parse("172.17.0.0/16")] });

        world.Driver.EnsureNetwork(NetworkDefinition.Docker0).Gateways[0].ToString().Should().Be("172.18.0.1/16");
    }

    [Fact]
    public void A_size_alone_is_enough_of_a_subnet()
    {
        using DriverWorld world = new(s_backend with { Subnets = [SubnetDefinition.Parse("0.0.0.0/26")] });

        world.Network.Definition.Subnets[0].Subnet.PrefixLength.Should().Be(26);
    }

    [Fact]
    public void A_subnet_or_a_device_of_another_network_is_refused()
    {
        using DriverWorld world = new(s_backend);
        Action overlapping = () =>
            world.Driver.EnsureNetwork(new NetworkDefinition { Name = "b", Subnets = [SubnetDefinition.Parse("172.18.0.128/25")] });
        Action sameDevice = () => world.Driver.EnsureNetwork(new NetworkDefinition { Name = "c", Device = s_backend.Device });
        string before = Snapshot.Of(world);

        overlapping.Should().Throw<NetworkConflictException>().WithMessage("*network backend has the subnet 172.18.0.0/24*");
        sameDevice.Should().Throw<NetworkConflictException>().WithMessage("*network backend has the device br-backend*");
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void A_subnet_that_somebody_chose_is_made_with_a_warning_where_the_host_has_a_route_to_it()
    {
        using DriverWorld world = new(network: null);
        world.Host.RunOk("ip route add 172.18.0.0/16 via 192.0.2.254");
        RecordingLogger log = new();
        using NetworkNamespace host = NetworkNamespace.Open(world.Host.Path);
        using BridgeDriver driver = BridgeDriver.Open(
            new BridgeDriverOptions { HostNamespace = host, StateDirectory = world.StateDirectory, Logger = log });

        driver.EnsureNetwork(s_backend);

        log.Lines.Should().ContainSingle().Which.Should().Contain("172.18.0.0/16");
    }

    [Fact]
    public void A_network_whose_containers_are_kept_apart_is_made_with_a_warning_where_br_netfilter_keeps_them_from_published_ports()
    {
        using DriverWorld world = new(network: null);
        BridgeNetfilter.Set(world.Host, 1);
        RecordingLogger log = new();
        using NetworkNamespace host = NetworkNamespace.Open(world.Host.Path);
        using BridgeDriver driver = BridgeDriver.Open(
            new BridgeDriverOptions { HostNamespace = host, StateDirectory = world.StateDirectory, Logger = log });

        driver.EnsureNetwork(s_backend with { InterContainer = false });

        log.Lines.Should().ContainSingle().Which.Should().Contain("bridge-nf-call-iptables is 1");
    }

    [Fact]
    public void The_order_of_labels_means_nothing()
    {
        KeyValuePair<string, string> one = KeyValuePair.Create("b", "1"), two = KeyValuePair.Create("a", "2");
        using DriverWorld world = new(s_backend with { Labels = [one, two] });

        string again = world.Driver.EnsureNetwork(s_backend with { Labels = [two, one] }).Id;

        again.Should().Be(world.Network.Id);
    }

    [Fact]
    public void Labels_and_all_other_options_are_seen_by_every_driver()
    {
        NetworkDefinition definition = s_backend with
        {
            Labels = [KeyValuePair.Create("owner", "me")],
            InterfacePrefix = "net",
            Announcements = 0,
            TrustedInterfaces = [InterfaceName.Parse("eth0")],
        };
        using DriverWorld world = new(definition);

        NetworkDefinition seen = world.OpenDriver().GetNetwork("backend").Definition;

        seen.Labels.Should().Equal(definition.Labels);
        seen.Should().Be(world.Network.Definition);
        (seen.InterfacePrefix, seen.Announcements, seen.TrustedInterfaces).Should().Be(("net", 0, definition.TrustedInterfaces));
    }

    [Fact]
    public void The_names_of_interfaces_begin_as_was_asked_and_take_the_lowest_free_number()
    {
        using DriverWorld world = new(s_backend with { InterfacePrefix = "net" });
        Netns place = world.AddContainer();
        place.RunOk("ip link add net0 type bridge");

        DriverWorld.Attach(world.Network, place).Endpoint.InterfaceName.ToString().Should().Be("net1");
    }

    [Fact]
    public void The_largest_packet_is_the_same_at_the_bridge_and_at_both_ends()
    {
        using DriverWorld world = new(s_backend with { Mtu = 1400 });
        Container container = world.Attach();

        MtuOf(world.Host, "br-backend").Should().Be(1400);
        MtuOf(world.Host, $"{container.Endpoint.HostInterfaceName}").Should().Be(1400);
        MtuOf(container.Place, "eth0").Should().Be(1400);
    }

    [Fact]
    public void The_largest_packet_stays_the_bridges_when_its_last_container_goes()
    {
        using DriverWorld world = new(s_backend with { Mtu = 1400 });
        world.Attach().Lease.Dispose();

        MtuOf(world.Host, "br-backend").Should().Be(1400);
        world.Driver.Repair().Should().Be(new RepairReport());
    }

    [Fact]
    public void The_largest_packet_follows_the_interface_that_leads_out_where_that_is_asked_for()
    {
        using DriverWorld world = new(network: null);
        world.Host.RunOk("ip link set eth0 mtu 1380");

        Container container = world.AttachTo(s_backend with { MtuFollowsHost = true });

        MtuOf(world.Host, "br-backend").Should().Be(1380);
        MtuOf(container.Place, "eth0").Should().Be(1380);
    }

    [Fact]
    public void Without_an_IPv4_address_on_the_bridge_the_gateways_stays_reserved()
    {
        using DriverWorld world = new(s_backend with { InhibitIPv4 = true });
        Container container = world.Attach();

        world.Host.RunOk("ip -o -4 addr show br-backend").Should().BeEmpty();
        $"{container.Address}".Should().Be("172.18.0.2");
        container.Place.RunOk("ip route show default").Should().StartWith("default via 172.18.0.1 ");
    }

    [Fact]
    public void A_router_of_the_subnet_is_the_way_out_and_its_address_is_nobodys()
    {
        SubnetDefinition subnet = SubnetDefinition.Parse("172.18.0.0/24") with
        {
            NextHop = IPAddress.Parse("172.18.0.2"),
            Auxiliary = [KeyValuePair.Create("printer", IPAddress.Parse("172.18.0.3"))],
        };
        using DriverWorld world = new(s_backend with { Subnets = [subnet] });
        Container container = world.Attach();

        container.Place.RunOk("ip route show default").Should().StartWith("default via 172.18.0.2 ");
        $"{container.Address}".Should().Be("172.18.0.4");
    }

    [Fact]
    public void Two_subnets_of_a_family_are_one_network()
    {
        using DriverWorld world = new(
            s_backend with { Subnets = [SubnetDefinition.Parse("172.18.0.0/30"), SubnetDefinition.Parse("172.18.1.0/24")] });
        Container first = world.Attach();
        Container second = world.Attach();

        $"{first.Endpoint.IPv4Address} {second.Endpoint.IPv4Address}".Should().Be("172.18.0.2/30 172.18.1.2/24", "the first subnet is full");
        second.Place.RunOk("ip route show default").Should().StartWith("default via 172.18.1.1 ");
        first.Place.RunOk("ping -c 1 -W 5 172.18.1.2").Should().Contain("1 received");
    }

    [Fact]
    public void A_subnet_of_two_addresses_has_a_gateway_and_an_endpoint()
    {
        using DriverWorld world = new(s_backend with { Subnets = [SubnetDefinition.Parse("172.18.0.0/31")] });
        Container container = world.Attach();

        $"{container.Endpoint.IPv4Address} {container.Endpoint.IPv4Gateway}".Should().Be("172.18.0.1/31 172.18.0.0");
        container.Place.RunOk("ping -c 1 -W 5 198.51.100.2").Should().Contain("1 received");
    }

    private static int MtuOf(Netns place, string device) => place.Ip($"link show {device}")[0].GetProperty("mtu").GetInt32();
}
