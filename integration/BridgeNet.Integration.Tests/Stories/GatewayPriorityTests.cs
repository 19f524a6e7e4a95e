using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Which of a container's networks is its way out.</summary>
public sealed class GatewayPriorityTests
{
    private static readonly NetworkDefinition s_six = new()
    {
        Name = "six",
        IPv4 = false,
        Subnets = [SubnetDefinition.Parse("fd00:19::/64")],
    };

    [Theory]
    [InlineData(0, 0, "172.17.0.1")]
    [InlineData(0, 1, "172.18.0.1")]
    [InlineData(1, 0, "172.17.0.1")]
    [InlineData(-1, 0, "172.18.0.1")]
    public void It_is_that_of_the_highest_priority_and_among_equals_the_first(int first, int second, string gateway)
    {
        using DriverWorld world = new();
        Container container = world.Attach(new EndpointRequest { GatewayPriority = first });

        DriverWorld.Attach(world.Driver.EnsureNetwork(DriverWorld.Backend), container.Place, new EndpointRequest { GatewayPriority = second });

        container.Place.RunOk("ip route get 198.51.100.2").Should().Contain($" via {gateway} ");
    }

    [Fact]
    public void Each_family_has_its_own()
    {
        using DriverWorld world = new();
        Container container = world.Attach();

        DriverWorld.Attach(world.Driver.EnsureNetwork(s_six), container.Place);

        container.Place.RunOk("ip route get 198.51.100.2").Should().Contain(" via 172.17.0.1 dev eth0 ");
        container.Place.RunOk("ip route get 2001:db8:2::2").Should().Contain(" via fd00:19::1 dev eth1 ");
    }

    [Fact]
    public void An_internal_network_is_none_whatever_its_priority()
    {
        using DriverWorld world = new();
        Netns place = world.AddContainer();
        Network inside = world.Driver.EnsureNetwork(DriverWorld.Backend with { Internal = true });

        DriverWorld.Attach(inside, place, new EndpointRequest { GatewayPriority = 7 });
        DriverWorld.Attach(world.Network, place);

        place.RunOk("ip route show default").Should().StartWith("default via 172.17.0.1 dev eth1");
    }

    [Fact]
    public void Each_keeps_its_way_out_when_a_network_between_them_goes_and_another_comes()
    {
        using DriverWorld world = new();
        Container container = world.Attach();
        EndpointLease[] leases = [.. Enumerable.Range(0, 3).Select(number => DriverWorld.Attach(Numbered(world, number), container.Place).Lease)];

        leases[1].Dispose();
        DriverWorld.Attach(Numbered(world, 3), container.Place);

        string routes = container.Place.RunOk("ip route show default");
        routes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(4, routes);
        routes.Should().Contain("10.77.0.1").And.Contain("10.77.2.1").And.Contain("10.77.3.1");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    public async Task Ports_published_on_each_network_answer_whichever_is_the_way_out(int first, int second)
    {
        using DriverWorld world = new(Rules.RuleNetworks.Docker0);
        Container container = world.Attach(DriverWorld.Publishing("8080:80") with { GatewayPriority = first });
        Network other = world.Driver.EnsureNetwork(Rules.RuleNetworks.Other);
        Container beside = DriverWorld.Attach(
            other, container.Place, DriverWorld.Publishing("8081:80") with { GatewayPriority = second });
        container.Place.ServeTcp("::", 80);

        foreach (string to in new[] { "192.0.2.1:8080", "192.0.2.1:8081", "[2001:db8:1::1]:8080", "[2001:db8:1::1]:8081" })
        {
            (await world.Server.ReachesAsync(to)).Should().BeTrue(to);
        }
        Container peer = world.Attach();
        peer.Place.ServeTcp("0.0.0.0", 80);
        (await container.Place.ReachesAsync($"{peer.Address}:80")).Should().BeTrue("a peer of its network is reached on the link");
        world.Driver.Repair().IsClean.Should().BeTrue();
        container.Place.RunOk("ip rule del from 172.18.0.2 2>/dev/null; ip -6 rule flush; ip -6 rule add from all lookup main; true");
        world.Driver.Repair().IsClean.Should().BeFalse();
        (await world.Server.ReachesAsync("192.0.2.1:8081")).Should().BeTrue();
        beside.Lease.Dispose();
        (await world.Server.ReachesAsync("192.0.2.1:8080")).Should().BeTrue();
    }

    [Fact]
    public void A_route_of_one_network_counts_whatever_address_sends()
    {
        using DriverWorld world = new();
        Container router = world.Attach();
        StaticRoute route = new(System.Net.IPNetwork.Parse("10.77.0.0/16"), router.Endpoint.IPv4Address!.Address);
        Container container = world.Attach(new EndpointRequest { Routes = [route] });

        DriverWorld.Attach(world.Driver.EnsureNetwork(DriverWorld.Backend), container.Place);

        container.Place.RunOk($"ip route get 10.77.0.1 from {container.Address}").Should().Contain($" via {router.Address} ");
        container.Place.RunOk($"ip route get 198.51.100.2 from {container.Address}").Should().Contain(" via 172.17.0.1 ");
        container.Place.RunOk("ip route get 198.51.100.2 from 172.18.0.2").Should().Contain(" via 172.18.0.1 ");
    }

    [Fact]
    public void A_network_that_goes_and_comes_again_does_not_take_the_way_out_from_its_equal()
    {
        using DriverWorld world = new(Rules.RuleNetworks.Docker0);
        Container container = world.Attach();
        DriverWorld.Attach(world.Driver.EnsureNetwork(Rules.RuleNetworks.Other), container.Place);

        container.Lease.Dispose();
        DriverWorld.Attach(world.Network, container.Place);

        container.Place.RunOk("ip route get 198.51.100.2").Should().Contain(" via 172.18.0.1 ");
        container.Place.RunOk("ip route get 2001:db8:2::2").Should().Contain(" via fd00:18::1 ");
    }

    [Fact]
    public void Many_that_come_at_once_all_have_their_way_out()
    {
        using DriverWorld world = new();
        Netns place = world.AddContainer();
        Network[] networks = [.. Enumerable.Range(0, 8).Select(number => Numbered(world, number))];

        networks.AsParallel().WithDegreeOfParallelism(8).ForAll(network => DriverWorld.Attach(network, place));

        place.RunOk("ip route show default").Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(8);
    }

    [Fact]
    public void Many_that_come_at_once_stand_in_the_order_of_their_priorities()
    {
        using DriverWorld world = new();
        Netns place = world.AddContainer();
        (Network Network, int Priority)[] networks = [.. Enumerable.Range(0, 8).Select(number => (Numbered(world, number), number))];

        networks.AsParallel()
            .WithDegreeOfParallelism(8)
            .ForAll(one => DriverWorld.Attach(one.Network, place, new EndpointRequest { GatewayPriority = one.Priority }));

        IEnumerable<string> gateways = place.Ip("route show default").EnumerateArray()
            .OrderBy(route => route.TryGetProperty("metric", out System.Text.Json.JsonElement metric) ? metric.GetInt64() : 0)
            .Select(route => route.GetProperty("gateway").GetString()!);
        gateways.Should().Equal(Enumerable.Range(0, 8).Reverse().Select(number => $"10.77.{number}.1"));
    }

    private static Network Numbered(DriverWorld world, int number) =>
        world.Driver.EnsureNetwork(new NetworkDefinition { Name = $"n{number}", Subnets = [SubnetDefinition.Parse($"10.77.{number}.0/24")] });
}
