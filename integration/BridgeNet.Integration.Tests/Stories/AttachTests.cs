using System.Net;

using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>What an endpoint gets, and what it may ask for.</summary>
public sealed class AttachTests
{
    private static readonly NetworkDefinition s_small = DriverWorld.Backend with { Subnets = [SubnetDefinition.Parse("172.18.0.0/29")] };

    [Fact]
    public void An_address_that_was_given_back_is_handed_out_again_only_in_its_turn()
    {
        using DriverWorld world = new(s_small);
        Netns place = world.AddContainer();
        List<string> addresses = [];

        for (int i = 0; i < 6; i++)
        {
            using EndpointLease lease = DriverWorld.Attach(world.Network, place).Lease;
            addresses.Add($"{lease.Endpoint.IPv4Address!.Address}");
        }

        addresses.Should().Equal("172.18.0.2", "172.18.0.3", "172.18.0.4", "172.18.0.5", "172.18.0.6", "172.18.0.2");
    }

    [Fact]
    public void When_all_addresses_are_taken_it_says_so_until_one_is_free()
    {
        using DriverWorld world = new(s_small);
        Container[] all = [.. Enumerable.Range(0, 5).Select(_ => world.Attach())];
        string before = Snapshot.Of(world);
        Action further = () => world.Attach("8080:80");

        further.Should().Throw<AddressPoolExhaustedException>().WithMessage("network backend: all addresses of 172.18.0.0/29 are taken*");
        Snapshot.Of(world).Should().Be(before);
        all[2].Lease.Dispose();

        world.Attach().Address.Should().Be(all[2].Address);
    }

    [Fact]
    public void It_gets_the_address_the_MAC_address_the_interface_and_the_name_that_it_asks_for()
    {
        using DriverWorld world = new();

        Container web = world.Attach(new EndpointRequest
        {
            Name = "web",
            IPv4Address = IPAddress.Parse("172.17.42.42"),
            MacAddress = MacAddress.Parse("02:00:00:00:00:42"),
            InterfaceName = InterfaceName.Parse("net0"),
        });

        string net0 = web.Place.RunOk("ip -o addr show net0; ip -o link show net0");
        net0.Should().Contain("172.17.42.42/16").And.Contain("02:00:00:00:00:42");
        world.Driver.GetEndpoint("web").Should().Be(web.Endpoint);
        world.Attach().Address.ToString().Should().Be("172.17.0.2", "asking for an address does not move the others");
    }

    [Fact]
    public void A_container_on_two_networks_has_eth0_and_eth1_and_goes_out_by_the_first()
    {
        using DriverWorld world = new();
        Container first = world.Attach();

        Container second = DriverWorld.Attach(world.Driver.EnsureNetwork(DriverWorld.Backend), first.Place);

        second.Endpoint.InterfaceName.ToString().Should().Be("eth1");
        first.Place.RunOk("ip -o addr").Should().Contain("172.17.0.2/16").And.Contain("172.18.0.2/24");
        first.Place.RunOk("ip route get 198.51.100.2").Should().Contain("via 172.17.0.1 dev eth0");
        first.Lease.Dispose();
        first.Place.RunOk("ip route get 198.51.100.2")
            .Should().Contain("via 172.18.0.1 dev eth1", "the second is the way out when the first is gone");
    }

    [Fact]
    public void A_failure_half_way_undoes_the_ports_the_links_and_the_claims()
    {
        using DriverWorld world = new();
        Netns place = world.AddContainer();
        place.RunOk("ip link add eth0 type bridge");
        string before = Snapshot.Of(world, place);

        Action attach = () => DriverWorld.Attach(
            world.Network, place, DriverWorld.Publishing("8080:80") with { Name = "web", InterfaceName = InterfaceName.Parse("eth0") });

        attach.Should().Throw<EndpointConflictException>().WithMessage("endpoint web: the interface eth0 is there*");
        Snapshot.Of(world, place).Should().Be(before);
        DriverWorld.Attach(world.Network, place, DriverWorld.Publishing("8080:80") with { Name = "web" }).Endpoint.InterfaceName.ToString()
            .Should().Be("eth1");
    }

    [Fact]
    public void Many_at_once_by_two_drivers_get_distinct_addresses_and_ports()
    {
        using DriverWorld world = new();
        BridgeDriver[] drivers = [world.Driver, world.OpenDriver()];
        string before = Snapshot.Of(world);
        EndpointLease[] leases = new EndpointLease[24];

        Parallel.For(0, leases.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using NetworkNamespace sandbox = NetworkNamespace.Create();
            leases[i] = drivers[i % 2].GetNetwork("bridge").Attach(sandbox, DriverWorld.Publishing("80", "9000-9100:81"));
        });

        Endpoint[] endpoints = [.. leases.Select(lease => lease.Endpoint)];
        endpoints.Select(endpoint => endpoint.IPv4Address).Should().OnlyHaveUniqueItems();
        endpoints.SelectMany(endpoint => endpoint.Ports).Select(port => port.HostPort).Should().HaveCount(48).And.OnlyHaveUniqueItems();
        world.Driver.Endpoints.Should().BeEquivalentTo(endpoints);
        Parallel.ForEach(leases, lease => lease.Dispose());
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Of_many_who_want_one_port_one_name_or_one_address_one_gets_it()
    {
        using DriverWorld world = new();
        BridgeDriver[] drivers = [world.Driver, world.OpenDriver()];
        EndpointRequest[] wanted =
        [
            DriverWorld.Publishing("8080:80"),
            new EndpointRequest { Name = "web" },
            new EndpointRequest { IPv4Address = IPAddress.Parse("172.17.9.9") },
        ];
        int[] winners = new int[wanted.Length];

        Parallel.For(0, wanted.Length * 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i =>
        {
            using NetworkNamespace sandbox = NetworkNamespace.Create();
            try
            {
                drivers[i % 2].GetNetwork("bridge").Attach(sandbox, wanted[i % wanted.Length] with { Keep = true });
                Interlocked.Increment(ref winners[i % wanted.Length]);
            }
            catch (Exception error) when (error is PortConflictException or EndpointConflictException or AddressUnavailableException)
            {
            }
        });

        winners.Should().Equal(1, 1, 1);
        world.Driver.Endpoints.Should().HaveCount(3);
    }
}
