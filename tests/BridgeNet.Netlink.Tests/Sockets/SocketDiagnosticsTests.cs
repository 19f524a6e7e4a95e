using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink.Sockets;

namespace BridgeNet.Netlink.Tests.Sockets;

/// <summary>The sockets of a namespace, with ss as the witness.</summary>
public sealed class SocketDiagnosticsTests
{
    [Fact]
    public void The_ports_between_two_are_listed_and_no_others() => NetworkSandbox.Run(() =>
    {
        NetworkSandbox.Tell("ip", "link", "set", "lo", "up");
        using Socket below = Bind(AddressFamily.InterNetwork, SocketType.Stream, 19_999);
        using Socket first = Bind(AddressFamily.InterNetwork, SocketType.Stream, 20_000);
        using Socket last = Bind(AddressFamily.InterNetwork, SocketType.Stream, 20_100);
        using Socket above = Bind(AddressFamily.InterNetwork, SocketType.Stream, 20_101);
        using Socket other = Bind(AddressFamily.InterNetworkV6, SocketType.Stream, 20_050);
        using Socket datagrams = Bind(AddressFamily.InterNetwork, SocketType.Dgram, 20_051);
        first.Listen();
        last.Listen();
        using SocketDiagnostics sockets = SocketDiagnostics.Open();

        sockets.ListPorts(AddressFamily.InterNetwork, ProtocolType.Tcp, 20_000, 20_100).Should().BeEquivalentTo([20_000, 20_100]);

        sockets.ListPorts(AddressFamily.InterNetworkV6, ProtocolType.Tcp, 20_000, 20_100).Should().BeEquivalentTo([20_050]);
        sockets.ListPorts(AddressFamily.InterNetwork, ProtocolType.Udp, 20_000, 20_100).Should().BeEquivalentTo([20_051]);
        NetworkSandbox.Tell("ss", "-Htln4").Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(2);
    });

    [Fact]
    public void A_connection_is_listed_at_both_ends() => NetworkSandbox.Run(() =>
    {
        NetworkSandbox.Tell("ip", "link", "set", "lo", "up");
        using Socket server = Bind(AddressFamily.InterNetwork, SocketType.Stream, 20_000);
        server.Listen();
        using Socket client = Bind(AddressFamily.InterNetwork, SocketType.Stream, 20_001);
        client.Connect(IPAddress.Loopback, 20_000);
        using SocketDiagnostics sockets = SocketDiagnostics.Open();

        sockets.ListPorts(AddressFamily.InterNetwork, ProtocolType.Tcp, 20_000, 20_001).Should().BeEquivalentTo([20_000, 20_000, 20_001]);
    });

    private static Socket Bind(AddressFamily family, SocketType type, int port)
    {
        Socket socket = new(family, type, type is SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        socket.Bind(new IPEndPoint(family is AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback, port));
        return socket;
    }
}
