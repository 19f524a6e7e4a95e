using System.Net;
using System.Net.Sockets;

using BridgeNet.Native;
using BridgeNet.Ports;
using BridgeNet.TestKit;

namespace BridgeNet.Tests.Ports;

public sealed class HostPortsTests
{
    private const string BoundByAnother = "another program has bound it: stop that program, or choose another port";

    [Fact]
    public void A_port_that_a_server_listens_on_is_refused()
    {
        using Netns host = Netns.Create("ports");
        host.RunOk("ip link set lo up");
        using Socket server = host.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 8080));
        server.Listen();

        Refusal(host, Port("0.0.0.0")).Should().Be(BoundByAnother);
        Refusal(host, Port("127.0.0.1")).Should().Be(BoundByAnother);
        Refusal(host, Port("127.0.0.2")).Should().BeNull();
        Refusal(host, Port("::")).Should().BeNull();
        Refusal(host, Port("0.0.0.0") with { Protocol = TransportProtocol.Udp }).Should().BeNull();
    }

    [Fact]
    public void SCTP_is_free_where_the_kernel_has_none()
    {
        HostPorts.Explain(Port("0.0.0.0") with { Protocol = TransportProtocol.Sctp }, Errno.EPROTONOSUPPORT).Should().BeNull();

        FluentActions.Invoking(() => HostPorts.Explain(Port("0.0.0.0"), Errno.EPROTONOSUPPORT)).Should().Throw<KernelException>();
    }

    [Theory]
    [InlineData("192.0.2.77", "HostAddress: 192.0.2.77 is not an address of this host")]
    [InlineData("2001:db8::77", "HostAddress: 2001:db8::77 is not an address of this host")]
    [InlineData("fe80::77", "HostAddress: fe80::77 is link-local*")]
    public void An_address_that_cannot_be_bound_is_refused(string address, string message)
    {
        using Netns host = Netns.Create("ports");
        host.RunOk("ip link set lo up"); // without any address of its own a host takes every one for a broadcast address

        Action ask = () => Refusal(host, Port(address));

        ask.Should().Throw<ConfigurationException>().WithMessage(message);
    }

    [Fact]
    public void A_port_for_the_privileged_names_the_capability()
    {
        Action explain = () => HostPorts.Explain(Port("0.0.0.0"), Errno.EACCES);

        explain.Should().Throw<PrivilegeException>().Which.Capability.Should().Be("CAP_NET_BIND_SERVICE");
    }

    [Fact]
    public void A_kernel_without_IPv6_is_named()
    {
        Action explain = () => HostPorts.Explain(Port("::"), Errno.EAFNOSUPPORT);

        explain.Should().Throw<ConfigurationException>().WithMessage("HostAddress: :: is of IPv6, which this host has not*");
    }

    [Fact]
    public void This_kernel_has_IPv6()
    {
        using Netns host = Netns.Create("ports");

        host.In(() => new HostPorts().HasIPv6).Should().Be(File.Exists("/proc/net/if_inet6"));
    }

    [Theory]
    [InlineData(20_000, SocketType.Stream, true)]
    [InlineData(20_000, SocketType.Stream, false)]
    [InlineData(20_500, SocketType.Stream, true)]
    [InlineData(20_500, SocketType.Stream, false)]
    [InlineData(20_999, SocketType.Dgram, false)]
    public void Of_a_large_range_the_port_that_somebody_has_is_found(int taken, SocketType type, bool listens)
    {
        using Netns host = Netns.Create("ports");
        host.RunOk("ip link set lo up");
        ProtocolType protocol = type is SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp;
        using FileDescriptor? bound = listens ? null : host.In(() => PortSocket.TryHold(IPAddress.Loopback, taken, (int)protocol, out _));
        using Socket program = host.OpenSocket(AddressFamily.InterNetwork, type, protocol);
        if (listens)
        {
            program.Bind(new IPEndPoint(IPAddress.Loopback, taken));
            program.Listen();
        }
        PublishedPort range = new(
            IPAddress.Any, 20_000, 20_000, type is SocketType.Stream ? TransportProtocol.Tcp : TransportProtocol.Udp)
        { Count = 1000 };

        PortRefusal? refusal = host.In(() => new HostPorts().Refusal(range));

        refusal.Should().Be(new PortRefusal(range.Part(taken - 20_000, 1), BoundByAnother));
        // A process that another test has begun to start has, for a moment, a copy of the socket that was closed just now.
        Eventually.Until(
            () => host.In(() => new HostPorts().Refusal(range with { HostAddress = IPAddress.Parse("127.0.0.2") })) is null, "there it is free");
        host.In(() => new HostPorts().Refusal(range with { HostPort = 21_000 })).Should().BeNull();
    }

    [Fact]
    public void Of_a_large_range_a_socket_that_serves_both_families_is_found_by_either()
    {
        using Netns host = Netns.Create("ports");
        host.RunOk("ip link set lo up");
        using Socket server = host.OpenSocket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        server.DualMode = true;
        server.Bind(new IPEndPoint(IPAddress.IPv6Any, 20_400));
        server.Listen();
        PublishedPort range = new(IPAddress.Any, 20_000, 20_000, TransportProtocol.Tcp) { Count = 1000 };

        host.In(() => new HostPorts().Refusal(range))!.Port.HostPort.Should().Be(20_400);
        host.In(() => new HostPorts().Refusal(range with { HostAddress = IPAddress.IPv6Any }))!.Port.HostPort.Should().Be(20_400);
    }

    private static PublishedPort Port(string address) => new(IPAddress.Parse(address), 8080, 80, TransportProtocol.Tcp);

    private static string? Refusal(Netns host, PublishedPort port) => host.In(() => new HostPorts().Refusal(port)?.Reason);
}
