using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Hosts and containers whose new interfaces begin with settings that a network cannot do with.</summary>
public sealed class InheritedSettingTests
{
    private static readonly NetworkDefinition s_both = DriverWorld.Backend with
    {
        Subnets = [SubnetDefinition.Parse("172.18.0.0/24"), SubnetDefinition.Parse("fd00:18::/64")],
    };

    [Fact]
    public void A_bridge_forwards_where_new_interfaces_do_not()
    {
        using DriverWorld world = new(network: null);
        world.Host.RunOk("sysctl -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.default.forwarding=0 "
            + "net.ipv6.conf.default.forwarding=0");

        Container container = world.AttachTo(s_both);

        container.Place.RunOk("ping -c 1 -W 5 198.51.100.2");
        container.Place.RunOk("ping -c 1 -W 5 2001:db8:2::2");
        world.Driver.Repair().Should().Be(new RepairReport());
    }

    [Fact]
    public void Repair_lets_a_bridge_forward_again()
    {
        using DriverWorld world = new(s_both);
        Container container = DriverWorld.Attach(world.Network, world.AddContainer());
        world.Host.RunOk("sysctl -w net.ipv4.conf.br-backend.forwarding=0");

        world.Driver.Repair().Restored.Lines().Should().Equal("network backend: ipv4/conf/br-backend/forwarding was not 1");

        container.Place.RunOk("ping -c 1 -W 5 198.51.100.2");
    }

    [Fact]
    public void A_bridge_has_IPv6_where_new_interfaces_have_none()
    {
        using DriverWorld world = new(network: null);
        world.Host.RunOk("sysctl -w net.ipv6.conf.default.disable_ipv6=1");

        Container container = world.AttachTo(s_both);

        container.Place.RunOk("ping -c 1 -W 5 2001:db8:2::2");
        world.Driver.Repair().Should().Be(new RepairReport());
    }

    [Fact]
    public void Repair_gives_a_bridge_IPv6_again()
    {
        using DriverWorld world = new(s_both);
        Container container = DriverWorld.Attach(world.Network, world.AddContainer());
        world.Host.RunOk("sysctl -w net.ipv6.conf.br-backend.disable_ipv6=1");

        RepairReport report = world.Driver.Repair();

        report.BeyondRepair.Lines().Should().BeEmpty();
        report.Restored.Lines().Should().Contain("network backend: ipv6/conf/br-backend/disable_ipv6 was not 0");
        container.Place.RunOk("ping -c 1 -W 5 2001:db8:2::2");
        world.Driver.Repair().Should().Be(new RepairReport());
    }

    [Fact]
    public void A_container_has_IPv6_where_its_new_interfaces_have_none()
    {
        using DriverWorld world = new(s_both);
        Netns place = world.AddContainer();
        place.RunOk("sysctl -w net.ipv6.conf.all.disable_ipv6=1");

        Container container = DriverWorld.Attach(world.Network, place);

        container.Place.RunOk("ping -c 1 -W 5 2001:db8:2::2");
        container.Place.RunOk("ping -c 1 -W 5 ::1");
        container.Place.RunOk("ping -c 1 -W 5 198.51.100.2");
        world.Driver.Repair().Should().Be(new RepairReport());
    }

    [Fact]
    public void A_network_without_IPv6_leaves_it_off_in_its_container()
    {
        using DriverWorld world = new();
        Netns place = world.AddContainer();
        place.RunOk("sysctl -w net.ipv6.conf.all.disable_ipv6=1");

        DriverWorld.Attach(world.Network, place);

        place.RunOk("sysctl -n net.ipv6.conf.eth0.disable_ipv6 net.ipv6.conf.lo.disable_ipv6").Should().Be("1\n1\n");
    }
}
