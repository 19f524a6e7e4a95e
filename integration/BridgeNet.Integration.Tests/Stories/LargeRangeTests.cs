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
        web.Place.RunOk($"nft 'add table ip t; add chain ip t c {{ type nat hook prerouting priority -100; }}; add rule ip t c tcp dport {First}-{First + Ports - 1} redirect to :80'");
        web.Place.ServeTcp("0.0.0.0", 80);

        List<int> silent = [];
        for (int port = First; port < First + Ports; port += 100)
        {
            if (!await world.Server.ReachesAsync($"192.0.2.1:{port}"))
            {
                silent.Add(port);
            }
        }

        web.Endpoint.Ports.Should().HaveCount(Ports);
        silent.Should().BeEmpty();
        world.Driver.Detach(web.Id).Should().BeTrue();
        world.Host.RunOk("nft list map inet bridgenet publish_any4").Should().NotContain("elements");
        (await world.Server.IsShutOutOfAsync($"192.0.2.1:{First}")).Should().BeTrue();
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
