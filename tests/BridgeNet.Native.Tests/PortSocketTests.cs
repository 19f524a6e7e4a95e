using System.Net;
using System.Net.Sockets;

using BridgeNet.TestKit;

namespace BridgeNet.Native;

/// <summary>Ports of a namespace of the test's own; the other programs are sockets of .NET, which bind as servers do, and socat.</summary>
public sealed class PortSocketTests : IDisposable
{
    private const int Tcp = 6;
    private const int Udp = 17;
    private const int Sctp = 132;
    private const int Port = 8080;

    private static readonly IPAddress s_loopback = IPAddress.Loopback;

    private readonly Netns _host = Netns.Create("ports");

    public PortSocketTests() => _host.RunOk("ip link set lo up");

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("0.0.0.0", "0.0.0.0", Errno.EADDRINUSE)]
    [InlineData("0.0.0.0", "127.0.0.1", Errno.EADDRINUSE)]
    [InlineData("127.0.1.2", "0.0.0.0", Errno.EADDRINUSE)]
    [InlineData("127.0.1.2", "127.0.1.2", Errno.EADDRINUSE)]
    [InlineData("127.0.1.2", "127.0.1.3", Errno.None)]
    [InlineData("::", "::1", Errno.EADDRINUSE)]
    [InlineData("::", "0.0.0.0", Errno.None)]
    [InlineData("0.0.0.0", "::", Errno.None)]
    public void A_held_port_is_taken_for_all_that_overlap_it(string held, string other, Errno expected)
    {
        foreach (int protocol in new[] { Tcp, Udp })
        {
            using FileDescriptor socket = Hold(IPAddress.Parse(held), protocol);

            Probe(IPAddress.Parse(other), protocol).Should().Be(expected, $"that is so for protocol {protocol}");
        }
    }

    [Fact]
    public void A_port_of_one_protocol_is_free_for_the_other()
    {
        using FileDescriptor tcp = Hold(IPAddress.Any, Tcp);

        Probe(IPAddress.Any, Udp).Should().Be(Errno.None);
    }

    [Fact]
    public void A_port_that_was_let_go_is_free()
    {
        FileDescriptor held = Hold(IPAddress.Any, Tcp);

        held.Dispose();

        BecomesFree();
    }

    [Fact]
    public void A_probe_leaves_the_port_free()
    {
        Probe(IPAddress.Any, Tcp).Should().Be(Errno.None);

        BecomesFree();
    }

    [Fact]
    public void A_server_that_reuses_addresses_cannot_listen_at_a_held_port()
    {
        using FileDescriptor held = Hold(IPAddress.Any, Tcp);

        foreach (string option in new[] { "reuseaddr", "reuseport", "reuseaddr,reuseport" })
        {
            _host.Run($"timeout 5 socat TCP4-LISTEN:{Port},{option} OPEN:/dev/null")
                .Errors.Should().Contain("Address already in use", $"that is so with {option}");
        }
    }

    [Fact]
    public void Who_connects_to_a_held_port_is_refused_at_once()
    {
        using FileDescriptor held = Hold(IPAddress.Any, Tcp);
        using Socket client = _host.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        Action connect = () => client.Connect(s_loopback, Port);

        connect.Should().Throw<SocketException>().Which.SocketErrorCode.Should().Be(SocketError.ConnectionRefused);
    }

    [Fact]
    public void What_comes_to_a_held_port_of_UDP_is_never_queued()
    {
        using FileDescriptor held = Hold(IPAddress.Any, Udp);
        using Socket client = _host.OpenSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        client.SendTo(new byte[100], new IPEndPoint(s_loopback, Port));

        string[] fields = _host.RunOk("grep :1F90 /proc/net/udp").TrimEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        fields[1].Should().Be("00000000:1F90", "that is the held socket");
        fields[4].Should().Be("00000000:00000000", "both its queues are empty");
        fields[12].Should().Be("1", "the datagram came, and was dropped");
    }

    [Fact]
    public void The_connections_of_a_server_that_has_ended_do_not_keep_the_port()
    {
        EndServerBeforeClient();
        _host.RunOk("ss -Htan").Should().Contain("TIME-WAIT");

        BecomesFree();
        using FileDescriptor held = Hold(IPAddress.Any, Tcp);

        _host.Run($"timeout 5 socat TCP4-LISTEN:{Port},reuseaddr OPEN:/dev/null").Errors.Should().Contain("Address already in use");
        _host.RunOk("ss -Htln").Should().BeEmpty("nobody listens, so nobody is accepted");
        Probe(IPAddress.Any, Tcp).Should().Be(Errno.EADDRINUSE);
    }

    [Fact]
    public void A_server_that_listens_has_the_port()
    {
        using Socket server = Listen(s_loopback);

        Probe(s_loopback, Tcp).Should().Be(Errno.EADDRINUSE);
        Probe(IPAddress.Any, Tcp).Should().Be(Errno.EADDRINUSE);
        Probe(IPAddress.Parse("127.0.0.2"), Tcp).Should().Be(Errno.None);
    }

    [Theory]
    [InlineData("192.0.2.77", Errno.EADDRNOTAVAIL)]
    [InlineData("2001:db8::77", Errno.EADDRNOTAVAIL)]
    [InlineData("fe80::77", Errno.EINVAL)]
    public void An_address_that_is_not_the_hosts_is_said_to_be_none(string address, Errno expected) =>
        Probe(IPAddress.Parse(address), Tcp).Should().Be(expected);

    [Fact]
    public void A_port_below_1024_is_for_the_privileged() => _host.In(() =>
    {
        const int netBindService = 10;
        Errno errno = Errno.None;
        Unprivileged.Run(netBindService, () => errno = PortSocket.Probe(IPAddress.Any, 80, Tcp));
        return errno;
    }).Should().Be(Errno.EACCES);

    [Fact]
    public void A_port_of_SCTP_is_held_where_the_kernel_has_it()
    {
        Errno first = _host.In(() =>
        {
            using FileDescriptor? held = PortSocket.TryHold(IPAddress.Any, Port, Sctp, out Errno errno);
            if (held is not null)
            {
                PortSocket.Probe(s_loopback, Port, Sctp).Should().Be(Errno.EADDRINUSE);
            }
            return errno;
        });

        first.Should().BeOneOf(Errno.None, Errno.EPROTONOSUPPORT);
        Assert.SkipWhen(first is Errno.EPROTONOSUPPORT, "this kernel has no SCTP sockets (CONFIG_IP_SCTP)");
    }

    [Fact]
    public void A_protocol_that_does_not_exist_is_refused() => Probe(IPAddress.Any, 200).Should().Be(Errno.EPROTONOSUPPORT);

    private FileDescriptor Hold(IPAddress address, int protocol) => _host.In(() =>
        PortSocket.TryHold(address, Port, protocol, out Errno errno) ?? throw new InvalidOperationException(errno.Describe()));

    private Errno Probe(IPAddress address, int protocol) => _host.In(() => PortSocket.Probe(address, Port, protocol));

    /// <summary>At once, unless another test is just starting a program, which shares all sockets until it has begun.</summary>
    private void BecomesFree() => Eventually.Until(() => Probe(IPAddress.Any, Tcp) is Errno.None, "the port is free");

    private Socket Listen(IPAddress address)
    {
        Socket server = _host.OpenSocket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(address, Port));
        server.Listen();
        return server;
    }

    /// <summary>Who closes first has the connection in TIME_WAIT.</summary>
    private void EndServerBeforeClient()
    {
        using Socket server = Listen(s_loopback);
        using Socket client = _host.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(s_loopback, Port);
        using (Socket accepted = server.Accept())
        {
            accepted.Shutdown(SocketShutdown.Send);
            client.Receive(new byte[1]).Should().Be(0);
            client.Shutdown(SocketShutdown.Send);
            accepted.Receive(new byte[1]).Should().Be(0);
        }
    }
}
