using System.Net;
using System.Net.Sockets;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>What a living process does for the ports of its lease.</summary>
public sealed class HoldPortsTests
{
    private static readonly NetworkDefinition s_dual = NetworkDefinition.Docker0 with
    {
        Subnets = [SubnetDefinition.Parse("172.17.0.0/16"), SubnetDefinition.Parse("fd00:17::/64")],
    };

    [Fact]
    public async Task A_container_without_IPv6_is_reached_by_IPv6_while_the_lease_lives()
    {
        using DriverWorld world = new();
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { HoldPorts = true });
        web.Place.ServeTcp("0.0.0.0", 80);

        bool localhost = await world.Host.ReachesAsync("[::1]:8080");
        bool outside = await world.Server.ReachesAsync("[2001:db8:1::1]:8080");
        bool ipv4 = await world.Server.ReachesAsync("192.0.2.1:8080");
        web.Lease.Dispose();

        (localhost, outside, ipv4).Should().Be((true, true, true));
        (await world.Host.IsShutOutOfAsync("[::1]:8080")).Should().BeTrue();
    }

    [Fact]
    public async Task Localhost_of_IPv6_reaches_a_container_of_both_families_too()
    {
        using DriverWorld world = new(s_dual);
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { HoldPorts = true });
        web.Place.ServeTcp("0.0.0.0", 80);

        (await world.Host.ReachesAsync("[::1]:8080")).Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_port_that_is_taken_back_is_held_no_longer_and_the_others_are(bool isSameProcess)
    {
        using DriverWorld world = new();
        Container web = world.Attach(DriverWorld.Publishing("8080:80", "8081:80") with { HoldPorts = true });
        web.Place.ServeTcp("0.0.0.0", 80);
        BridgeDriver driver = isSameProcess ? world.Driver : world.OpenDriver();

        driver.Unpublish(web.Id, DriverWorld.Specs("8080:80"));

        world.Attach("8080:80").Lease.Dispose();
        (await world.Server.IsShutOutOfAsync("[2001:db8:1::1]:8080")).Should().BeTrue();
        (await world.Server.ReachesAsync("[2001:db8:1::1]:8081")).Should().BeTrue();
        driver.Detach(web.Id);
        (await world.Host.IsShutOutOfAsync("[::1]:8081")).Should().BeTrue();
        world.Attach("8081:80").Lease.Dispose();
    }

    [Fact]
    public async Task A_container_without_IPv4_is_reached_at_both_localhosts_while_the_lease_lives()
    {
        using DriverWorld world = new(NetworkDefinition.Docker0 with { IPv4 = false, Subnets = [SubnetDefinition.Parse("fd00:17::/64")] });
        Container web = world.Attach(DriverWorld.Publishing("8080:80", "5353:53/udp") with { HoldPorts = true });
        web.Place.ServeTcp("::", 80);
        using BackgroundProcess echo = web.Place.Start("socat", "UDP6-RECVFROM:53,fork", "SYSTEM:read -r text; echo got $text");
        echo.Until(() => web.Place.Listens(ProtocolType.Udp, 53), "socat is bound");

        string?[] answers = await Task.WhenAll(new[] { "127.0.0.1", "::1" }
            .Select(address => UdpEcho.AskAsync(world.Host, new IPEndPoint(IPAddress.Parse(address), 5353), "it")));
        bool[] pages =
        [
            await world.Host.ReachesAsync("127.0.0.1:8080"),
            await world.Host.ReachesAsync("[::1]:8080"),
            await world.Server.ReachesAsync("[2001:db8:1::1]:8080"),
        ];
        web.Lease.Dispose();

        answers.Should().Equal("got it", "got it");
        pages.Should().Equal(true, true, true);
        (await world.Host.IsShutOutOfAsync("127.0.0.1:8080")).Should().BeTrue();
        (await world.Host.IsShutOutOfAsync("[::1]:8080")).Should().BeTrue();
    }

    [Fact]
    public void Nobody_else_can_bind_a_port_that_is_held()
    {
        using DriverWorld world = new();
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { HoldPorts = true });

        CommandResult taken = world.Host.Run("timeout 1 socat TCP-LISTEN:8080,reuseaddr /dev/null");
        web.Lease.Dispose();

        taken.Errors.Should().Contain("Address already in use");
        world.Host.ServeTcp("0.0.0.0", 8080);
    }
}
