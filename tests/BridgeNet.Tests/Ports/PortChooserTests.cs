using System.Net;
using System.Net.Sockets;

using BridgeNet.Ports;

namespace BridgeNet.Tests.Ports;

public sealed class PortChooserTests
{
    [Fact]
    public void A_range_becomes_one_port_each() =>
        Choose("30100-30102:80-82/udp").Should().Equal(
            new PublishedPort(null, 30100, 80, TransportProtocol.Udp),
            new PublishedPort(null, 30101, 81, TransportProtocol.Udp),
            new PublishedPort(null, 30102, 82, TransportProtocol.Udp));

    [Theory]
    [InlineData("30200:80", "30200:81")]
    [InlineData("30200:80", "127.0.0.1:30200:81")]
    [InlineData("127.0.0.1:30200:80", "127.0.0.1:30200:80")]
    public void A_port_that_is_asked_for_twice_is_refused(string first, string second)
    {
        Action choose = () => Choose(first, second);

        choose.Should().Throw<PortConflictException>().WithMessage("*30200*it is asked for twice");
    }

    [Fact]
    public void The_same_port_of_two_protocols_or_two_addresses_is_two_ports() =>
        Choose("127.0.0.1:30300:80", "127.0.0.2:30300:80", "127.0.0.1:30300:80/udp").Should().HaveCount(3);

    [Fact]
    public void A_port_that_another_program_listens_on_is_refused()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        int taken = ((IPEndPoint)listener.LocalEndPoint!).Port;

        Action choose = () => Choose($"{taken}:80");

        choose.Should().Throw<PortConflictException>().WithMessage($"*{taken}*another program has bound it*");
    }

    [Fact]
    public void A_free_choice_passes_over_what_is_published_and_bound()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        listener.Bind(new IPEndPoint(IPAddress.Any, 0));
        int bound = ((IPEndPoint)listener.LocalEndPoint!).Port;
        int first = Math.Min(bound, 65533);

        IReadOnlyList<PublishedPort> chosen = PortChooser.Choose(
            [PortSpec.Parse($"{first}-{first + 2}:80/udp")], port => port.HostPort != bound && port.HostPort == Free(first, bound));

        chosen.Should().ContainSingle().Which.HostPort.Should().NotBe(bound).And.NotBe(Free(first, bound));
    }

    [Fact]
    public void Without_a_wish_a_port_of_the_kernels_own_range_is_taken()
    {
        PortRange range = HostPortProbe.EphemeralRange();

        Choose("80").Should().ContainSingle().Which.HostPort.Should().BeInRange(range.First, range.Last);
    }

    [Fact]
    public void An_address_that_is_not_the_hosts_is_refused()
    {
        Action choose = () => Choose("192.0.2.77:8080:80");

        choose.Should().Throw<ConfigurationException>().WithMessage("host address: 192.0.2.77 is not an address of this host");
    }

    private static int Free(int first, int bound) => first == bound ? first + 1 : first;

    private static IReadOnlyList<PublishedPort> Choose(params string[] specs) =>
        PortChooser.Choose(specs.Select(spec => PortSpec.Parse(spec)), isPublished: _ => false);
}
