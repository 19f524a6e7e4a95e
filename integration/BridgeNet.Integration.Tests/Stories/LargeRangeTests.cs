using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Ten thousand ports in one command: one transaction, and a packet's cost is that of one port.</summary>
public sealed class LargeRangeTests
{
    private const int Ports = 10_000;
    private const int First = 20_000;

    [Fact]
    public async Task Ten_thousand_ports_are_published_at_once_and_every_hundredth_answers()
    {
        using DriverWorld world = new();
        Container web = world.Attach($"{First}-{First + Ports - 1}:{First}-{First + Ports - 1}");
        // One server for all of them: what comes to the container at any of these ports is led to 80.
        web.Place.RunOk(
            "nft 'add table ip t; add chain ip t c { type nat hook prerouting priority -100; }; add rule ip t c tcp dport "
                + $"{First}-{First + Ports - 1} redirect to :80'");
        web.Place.ServeTcp("0.0.0.0", 80);

        List<int> silent = [];
        for (int port = First; port < First + Ports; port += 100)
        {
            if (!await world.Server.ReachesAsync($"192.0.2.1:{port}"))
            {
                silent.Add(port);
            }
        }

        web.Endpoint.Ports.Should().ContainSingle().Which.Count.Should().Be(Ports);
        silent.Should().BeEmpty();
        world.Host.RunOk("nft list map inet bridgenet publish_ranges4").Should().Contain($"{First}-{First + Ports - 1}");
        world.Driver.Detach(web.Id).Should().BeTrue();
        world.Host.RunOk("nft list map inet bridgenet publish_ranges4").Should().NotContain("elements");
        (await world.Server.IsShutOutOfAsync($"192.0.2.1:{First}")).Should().BeTrue();
    }

    [Theory]
    [InlineData("20000-20099:20000-20099", "20050")]
    [InlineData("20000-20099:10000-10099", "10050")]
    [InlineData("192.0.2.1:20000-20099:20000-20099", "192.0.2.1::20050")]
    public async Task A_part_of_a_range_is_taken_back_and_published_again(string range, string part)
    {
        using DriverWorld world = new();
        Container web = world.Attach(range);
        int inside = web.Endpoint.Ports[0].ContainerPort;
        web.Place.RunOk(
            "nft 'add table ip t; add chain ip t c { type nat hook prerouting priority -100; }; add rule ip t c tcp dport "
                + $"{inside}-{inside + 99} redirect to :80'");
        web.Place.ServeTcp("0.0.0.0", 80);
        string before = Snapshot.Of(world);

        Endpoint less = world.Driver.Unpublish(web.Id, DriverWorld.Specs(part));

        less.Ports.Where(port => port.HostAddress.AddressFamily is AddressFamily.InterNetwork).Select(port => (port.HostPort, port.Count))
            .Should().Equal((20_000, 50), (20_051, 49));
        (await world.Server.IsShutOutOfAsync("192.0.2.1:20050")).Should().BeTrue();
        foreach (int port in new[] { 20_000, 20_049, 20_051, 20_099 })
        {
            (await world.Server.ReachesAsync($"192.0.2.1:{port}")).Should().BeTrue($"{port} is still published");
        }
        world.Driver.Repair().IsClean.Should().BeTrue();
        world.Driver.Unpublish(
            web.Id,
            [.. less.Ports.Select(
                port => new PortSpec { HostAddress = port.HostAddress, ContainerPorts = PortRange.From(
                    port.ContainerPort, port.ContainerPort + port.Count - 1) })]);
        world.Driver.Publish(web.Id, DriverWorld.Specs(range)).Ports.Should().Equal(web.Endpoint.Ports);
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public async Task Ranges_at_two_addresses_may_overlap()
    {
        using DriverWorld world = new();
        Container web = world.Attach("127.0.0.1:20000-20019:20000-20019", "192.0.2.1:20010-20029:20010-20029");
        web.Place.ServeTcp("0.0.0.0", 20_015);

        (await world.Server.ReachesAsync("192.0.2.1:20015")).Should().BeTrue();
        (await world.Host.ReachesAsync("127.0.0.1:20015")).Should().BeTrue();
        world.Driver.Unpublish(web.Id, DriverWorld.Specs("127.0.0.1:20000-20019:20000-20019"));

        (await world.Server.ReachesAsync("192.0.2.1:20015")).Should().BeTrue();
        (await world.Host.IsShutOutOfAsync("127.0.0.1:20015")).Should().BeTrue();
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    [Fact]
    public async Task A_range_for_some_clients_is_for_them()
    {
        using DriverWorld world = new();
        Container web = world.Attach(
            new EndpointRequest { Publish = [PortSpec.Parse("20000-20009:20000-20009") with { Sources = [IPNetwork.Parse("198.51.100.0/24")] }] });
        web.Place.ServeTcp("0.0.0.0", 20_005);

        (await world.Server.ReachesAsync("192.0.2.1:20005")).Should().BeTrue();
        (await world.Router.IsShutOutOfAsync("192.0.2.1:20005")).Should().BeTrue("it is of another network");
    }

    [Fact]
    public void What_goes_through_a_port_of_a_range_is_counted_for_the_range()
    {
        using DriverWorld world = new();
        Container web = world.Attach("0.0.0.0:20000-20099:20000-20099");
        web.Place.ServeTcp("0.0.0.0", 20_007);
        using Socket client = world.Server.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        client.Connect(IPEndPoint.Parse("192.0.2.1:20007"));

        PortStatistics port = world.Driver.GetStatistics(web.Id).Ports.Should().ContainSingle().Which;
        port.Port.Count.Should().Be(100);
        port.Connections.Should().Be(1);
        port.Packets.Should().BeGreaterThan(1);
    }

    [Fact]
    public void What_goes_through_a_port_is_counted()
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80");
        web.Place.ServeTcp("0.0.0.0", 80);

        using Socket client = world.Server.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(IPEndPoint.Parse("192.0.2.1:8080"));
        client.Send(new byte[1000]);
        byte[] echo = new byte[1000];
        for (int got = 0; got < echo.Length;)
        {
            got += client.Receive(echo.AsSpan(got));
        }

        EndpointStatistics statistics = world.Driver.GetStatistics(web.Id);
        PortStatistics port = statistics.Ports.Should().ContainSingle().Which;
        port.Connections.Should().Be(1);
        port.Bytes.Should().BeGreaterThan(2000, "the thousand went in and came back");
        statistics.ReceivedBytes.Should().BeGreaterThan(1000);
        statistics.SentBytes.Should().BeGreaterThan(1000);
    }
}
