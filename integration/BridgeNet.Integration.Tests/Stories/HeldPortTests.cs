using System.Net;
using System.Net.Sockets;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Ports that stand on a socket of ours, and the servers of others that want them.</summary>
public sealed class HeldPortTests
{
    private const string InUse = "Address already in use";

    [Fact]
    public void While_a_port_is_held_nginx_cannot_have_it_and_afterwards_it_can()
    {
        using World world = new();
        using (HeldPorts held = Take(world, Port("0.0.0.0", 8080), Port("::", 8080)))
        {
            Action serve = () => WebServer.Start(world.Host, "mine", 8080).Dispose();

            serve.Should().Throw<CommandFailedException>().WithMessage($"*bind() to 0.0.0.0:8080 failed (98: {InUse})*");
        }

        using WebServer nginx = WebServer.Start(world.Host, "mine", 8080);

        world.Host.RunOk("curl -s http://127.0.0.1:8080/").Should().Be("mine");
    }

    [Theory]
    [InlineData("0.0.0.0", TransportProtocol.Tcp, "TCP4-LISTEN:8080,reuseaddr")]
    [InlineData("0.0.0.0", TransportProtocol.Tcp, "TCP4-LISTEN:8080,reuseaddr,reuseport,bind=127.0.0.1")]
    [InlineData("192.0.2.1", TransportProtocol.Tcp, "TCP4-LISTEN:8080,reuseaddr")]
    [InlineData("::", TransportProtocol.Tcp, "TCP6-LISTEN:8080,reuseaddr,ipv6only=1")]
    [InlineData("0.0.0.0", TransportProtocol.Udp, "UDP4-RECV:8080")]
    [InlineData("0.0.0.0", TransportProtocol.Udp, "UDP4-RECV:8080,reuseaddr,reuseport")]
    [InlineData("2001:db8:1::1", TransportProtocol.Udp, "UDP6-RECV:8080,ipv6only=1")]
    public void While_a_port_is_held_socat_cannot_have_it_and_once_released_it_can(string address, TransportProtocol protocol, string wish)
    {
        using World world = new();
        PublishedPort port = Port(address, 8080) with { Protocol = protocol };
        using HeldPorts held = Take(world, port, Port(address, 8081));
        IsRefused().Should().BeTrue();

        held.Release([port]);

        Eventually.Until(() => !IsRefused(), "socat has the port, once no program that another test is just starting shares our socket");

        bool IsRefused() => world.Host.Run("timeout", "0.2", "socat", "-u", wish, "OPEN:/dev/null").Errors.Contains(InUse);
    }

    [Fact]
    public void Families_and_addresses_that_were_not_asked_for_stay_free()
    {
        using World world = new();
        using HeldPorts held = Take(world, Port("127.0.1.2", 8080), Port("::", 8080));

        using BackgroundProcess socat = world.Host.Start("socat", "-u", "TCP4-LISTEN:8080,bind=127.0.1.3", "OPEN:/dev/null");

        socat.Until(() => world.Host.Listens(ProtocolType.Tcp, 8080), "socat has the port at another address");
    }

    [Fact]
    public void A_port_that_a_server_has_is_not_held()
    {
        using World world = new();
        using WebServer nginx = WebServer.Start(world.Host, "mine", 8080);

        Action take = () => Take(world, Port("0.0.0.0", 8079), Port("0.0.0.0", 8080)).Dispose();

        take.Should().Throw<PortConflictException>().WithMessage("host port 0.0.0.0:8080->80/tcp: another program has bound it: stop that program*");
        using WebServer other = WebServer.Start(world.Host, "nothing is held", 8079);
        other.Port.Should().Be(8079);
    }

    [Fact]
    public void A_port_can_be_held_at_once_after_a_server_with_visitors_has_ended()
    {
        using World world = new();
        using (WebServer nginx = WebServer.Start(world.Host, "mine", 8080))
        {
            world.Host.RunOk("curl -s -H 'Connection: close' http://127.0.0.1:8080/").Should().Be("mine");
        }
        Eventually.Until(() => world.Host.RunOk("ss -Htan").Contains("TIME-WAIT"), "a connection that the server closed first");

        using HeldPorts held = Take(world, Port("0.0.0.0", 8080), Port("::", 8080));

        FluentActions.Invoking(() => WebServer.Start(world.Host, "mine", 8080).Dispose())
            .Should().Throw<CommandFailedException>().WithMessage($"*{InUse}*");
    }

    [Fact]
    public async Task A_held_port_that_is_published_leads_to_the_container()
    {
        using DriverWorld world = new();
        using WebServer nginx = world.Attach("8080:80").Serve("inside");
        using NetworkNamespace host = NetworkNamespace.Open(world.Host.Path);

        using HeldPorts held = host.Run(() => HeldPorts.Take(world.Driver.Endpoints.Single().Ports));

        (await world.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("inside");
        (await world.Host.GetAsync("http://127.0.0.1:8080/")).Should().Be("inside");
    }

    [Fact]
    public void Ten_thousand_ports_are_held_and_let_go_or_half_of_what_this_process_may_open()
    {
        using World world = new();
        int count = Math.Min(10_000, OpenFiles() / 2);
        PublishedPort[] ports = [.. Enumerable.Range(20000, count).Select(port => Port("0.0.0.0", port) with { Protocol = TransportProtocol.Udp })];

        using (HeldPorts held = Take(world, ports))
        {
            Bound(world).Should().Be(count);
        }

        Eventually.Until(() => Bound(world) == 0, "the end of the sockets, also in programs that other tests are just starting");
    }

    private static int OpenFiles() => int.TryParse(
        File.ReadLines("/proc/self/limits")
            .Single(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[3],
        out int limit) ? limit : int.MaxValue;

    private static int Bound(World world) => int.Parse(world.Host.RunOk("ss -Huln | wc -l"));

    private static PublishedPort Port(string address, int port) => new(IPAddress.Parse(address), port, 80, TransportProtocol.Tcp);

    private static HeldPorts Take(World world, params PublishedPort[] ports)
    {
        using NetworkNamespace host = NetworkNamespace.Open(world.Host.Path);
        return host.Run(() => HeldPorts.Take(ports));
    }
}
