using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>What an endpoint has on its link beside its addresses is its own, and nobody else's.</summary>
public sealed class NeighbourClaimTests
{
    private static readonly NetworkDefinition s_onlyIPv6 = new()
    {
        Name = "six",
        Device = InterfaceName.Parse("br-six"),
        IPv4 = false,
        Subnets = [SubnetDefinition.Parse("fd00:6::/48")],
    };

    [Theory]
    [InlineData("169.254.3.4/16")]
    [InlineData("fe80::5/64")]
    public void A_link_local_address_of_a_neighbour_is_refused_until_it_is_given_back(string address)
    {
        using DriverWorld world = new();
        Container first = world.Attach(LinkLocal(address) with { Name = "first" });
        string before = Snapshot.Of(world);

        Action second = () => world.Attach(LinkLocal(address));

        second.Should().Throw<AddressUnavailableException>().WithMessage($"address {address.Split('/')[0]}: endpoint {first.Id} has it*");
        Snapshot.Of(world).Should().Be(before);
        first.Lease.Dispose();
        second.Should().NotThrow();
    }

    [Fact]
    public void The_gateways_link_local_address_is_refused()
    {
        using DriverWorld world = new(s_onlyIPv6);
        string before = Snapshot.Of(world);

        Action attach = () => world.Attach(LinkLocal("fe80::1/64"));

        attach.Should().Throw<AddressUnavailableException>().WithMessage("address fe80::1: the bridge br-six has it*");
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void A_link_local_address_of_the_networks_own_subnet_is_asked_for_as_its_address()
    {
        using DriverWorld world = new(s_onlyIPv6 with { Subnets = [SubnetDefinition.Parse("fe80::/64")] });

        Action attach = () => world.Attach(LinkLocal("fe80::5/64"));

        attach.Should().Throw<AddressUnavailableException>().WithMessage("*fe80::5: it is of the network's own subnet*EndpointRequest.IPv6Address");
    }

    [Theory]
    [InlineData("02:42:ac:11:00:02")] // what the neighbour has by its address
    [InlineData("02:00:00:00:00:42")] // what another neighbour asked for
    [InlineData("02:42:ac:11:00:01")] // the bridge's
    public void A_MAC_address_that_somebody_has_is_refused(string mac)
    {
        using DriverWorld world = new();
        world.Attach();
        world.Attach(Mac("02:00:00:00:00:42"));
        string before = Snapshot.Of(world);

        Action attach = () => world.Attach(Mac(mac));

        attach.Should().Throw<EndpointConflictException>().WithMessage($"*has the MAC address {mac}*choose another (EndpointRequest.MacAddress)*");
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void A_MAC_address_with_an_address_in_it_keeps_others_from_that_address()
    {
        using DriverWorld world = new();
        Container first = world.Attach(Mac("02:42:ac:11:00:03"));
        Container second = world.Attach();

        (first.Address.ToString(), second.Address.ToString()).Should().Be(("172.17.0.2", "172.17.0.4"));
        first.Lease.Dispose();
        world.Attach(new EndpointRequest { IPv4Address = IPAddress.Parse("172.17.0.3") }).Endpoint.MacAddress.ToString()
            .Should().Be("02:42:ac:11:00:03");
    }

    [Fact]
    public void Two_IPv6_addresses_that_end_alike_have_two_MAC_addresses()
    {
        using DriverWorld world = new(s_onlyIPv6);

        Container[] both = [.. new[] { "fd00:6::a:0:0:5", "fd00:6::b:0:0:5" }
            .Select(address => world.Attach(new EndpointRequest { IPv6Address = IPAddress.Parse(address) }))];

        both[0].Endpoint.MacAddress.Should().NotBe(both[1].Endpoint.MacAddress);
        both[0].Place.RunOk("ip -6 addr show dev eth0 scope link").Should().NotBe(both[1].Place.RunOk("ip -6 addr show dev eth0 scope link"));
        both[0].Place.RunOk("ping -6 -c 1 -W 5 fd00:6::b:0:0:5").Should().Contain("1 received");
        both[1].Place.RunOk("ping -6 -c 1 -W 5 fd00:6::a:0:0:5").Should().Contain("1 received");
    }

    [Fact]
    public void What_an_ended_endpoint_had_is_free_again()
    {
        using DriverWorld world = new(NetworkDefinition.Docker0 with { IPv6 = true });
        EndpointRequest request = Mac("02:42:ac:11:09:09") with { LinkLocalAddresses = [InterfaceAddress.Parse("169.254.3.4/16")] };
        Container first = world.Attach(request);

        first.Lease.Dispose();

        Directory.EnumerateFileSystemEntries($"{world.StateDirectory}/addresses/bridge").Select(Path.GetFileName).Should().Equal(".freed");
        world.Attach(request).Endpoint.MacAddress.Should().Be(request.MacAddress);
    }

    private static EndpointRequest LinkLocal(string address) => new() { LinkLocalAddresses = [InterfaceAddress.Parse(address)] };

    private static EndpointRequest Mac(string mac) => new() { MacAddress = MacAddress.Parse(mac) };
}
