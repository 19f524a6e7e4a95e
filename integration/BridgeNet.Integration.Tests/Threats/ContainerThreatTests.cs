using System.Net.Sockets;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Threats;

/// <summary>Containers that are root of their own namespace and mean ill.</summary>
public sealed class ContainerThreatTests
{
    [Fact]
    public void A_forged_answer_to_anothers_connection_does_not_arrive()
    {
        using DriverWorld world = new();
        using UdpEcho server = UdpEcho.Start(world.Server);
        Container victim = world.Attach();
        Container attacker = world.Attach();
        using BackgroundProcess asking = victim.Place.Start("socat", "-u", "UDP4-RECV:4000,reuseaddr", "STDOUT");
        asking.Until(() => victim.Place.Listens(ProtocolType.Udp, 4000), "the victim listens");
        Eventually.Until(
            () =>
            {
                // An answer that comes before this program ends is its own, for it has the port, too: then it is lost.
                victim.Place.RunOk("echo ask | socat -u STDIN UDP4-SENDTO:198.51.100.2:53,bind=:4000,reuseaddr");
                return asking.Output.Contains("asked ask", StringComparison.Ordinal);
            },
            "the true answer");

        attacker.Place.RunOk("ip addr add 198.51.100.2/32 dev lo");
        attacker.Place.Run(
            "sh", "-c", $"for i in 1 2 3; do echo forged | socat -u STDIN UDP4-SENDTO:{victim.Address}:4000,bind=198.51.100.2:53; done");
        attacker.Place.RunOk($"ip addr del 198.51.100.2/32 dev lo; echo honest | socat -u STDIN UDP4-SENDTO:{victim.Address}:4000");

        asking.Until(() => asking.Output.Contains("honest", StringComparison.Ordinal), "the honest datagram behind the forged ones");
        asking.Output.Should().NotContain("forged");
    }

    [Fact]
    public void A_container_s_flood_of_forged_neighbours_does_not_fill_the_host_s_table()
    {
        using DriverWorld world = new();
        Container attacker = world.Attach();
        string Neighbours() => world.Host.RunOk("ip -4 neigh show dev docker0 | wc -l").Trim();
        attacker.Place.RunOk("ping -c 1 -W 5 172.17.0.1");
        string before = Neighbours();

        attacker.Place.RunOk("""
            for i in $(seq 1 60); do
              ip addr add 172.17.99.$i/16 dev eth0
              ip neigh flush dev eth0
              echo x | socat -u STDIN UDP4-SENDTO:172.17.0.1:9,bind=172.17.99.$i || true
            done
            """);
        attacker.Place.RunOk("ip neigh flush dev eth0; ping -c 1 -W 5 -I 172.17.0.2 172.17.0.1");

        Neighbours().Should().Be(before);
    }

    [Fact]
    public void A_container_cannot_send_IPv6_on_a_network_without_it()
    {
        using DriverWorld world = new();
        Container one = world.Attach();
        Container two = world.Attach();
        world.Host.RunOk("sysctl -qw net.ipv6.conf.docker0.disable_ipv6=0; ip addr add fd00:bad::ff/64 dev docker0 nodad");
        one.Place.RunOk("ip addr add fd00:bad::1/64 dev eth0 nodad; ip link set eth0 addrgenmode eui64");
        two.Place.RunOk("ip addr add fd00:bad::2/64 dev eth0 nodad");

        one.Place.Run("ping -6 -c 2 -i 0.2 -W 1 fd00:bad::2").Output.Should().Contain("0 received");
        one.Place.Run("ping -6 -c 2 -i 0.2 -W 1 fd00:bad::ff").Output.Should().Contain("0 received");
        one.Place.RunOk("ping -4 -c 1 -W 5 172.17.0.1");
    }

    [Theory]
    [InlineData("172.17.0.1")]
    [InlineData("172.18.0.1")]
    [InlineData("192.0.2.1")]
    public async Task A_container_reaches_no_other_network_through_any_address_of_the_host(string address)
    {
        using DriverWorld world = new();
        Container victim = world.AttachTo(DriverWorld.Backend);
        Container attacker = world.Attach();
        using BackgroundProcess secret = victim.Place.ServeTcp("172.18.0.2", 7000);
        attacker.Place.RunOk(
            "ip route replace 172.18.0.2/32 via 172.17.0.1; ip route replace 172.18.0.0/24 via 172.17.0.1; ip neigh flush dev eth0; ping "
                + $"-c 1 -W 5 {(address is "172.18.0.1" ? "172.17.0.1" : address)}");

        (await attacker.Place.IsShutOutOfAsync("172.18.0.2:7000")).Should().BeTrue();
        (await attacker.Place.IsShutOutOfAsync($"{address}:7000")).Should().BeTrue();
        (await victim.Place.ReachesAsync("172.18.0.2:7000")).Should().BeTrue();
    }

    [Theory]
    [InlineData("172.17.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("198.51.100.2")]
    public async Task A_container_of_an_internal_network_reaches_nothing_outside(string address)
    {
        using DriverWorld world = new();
        Container published = world.Attach("8080:80");
        using WebServer nginx = published.Serve();
        using WebServer outside = WebServer.Start(world.Server, "outside");
        Container prisoner = world.AttachTo(DriverWorld.Backend with { Internal = true });
        prisoner.Place.RunOk("ip route add default via 172.18.0.1");

        (await prisoner.Place.IsShutOutOfAsync($"{address}:8080")).Should().BeTrue();
        (await prisoner.Place.IsShutOutOfAsync($"{address}:80")).Should().BeTrue();
        (await published.Place.ReachesAsync("198.51.100.2:80")).Should().BeTrue();
    }
}
