using System.Net;
using System.Net.Sockets;
using BridgeNet.TestKit;

namespace BridgeNet.Native;

public sealed class DatagramsTests
{
    [Theory]
    [InlineData("fd00::1")]
    [InlineData("fd00::2")]
    public async Task A_datagram_comes_from_the_address_that_was_chosen(string from)
    {
        using Netns place = Netns.Create("datagrams");
        place.RunOk("ip link set lo up && ip addr add fd00::1/128 dev lo nodad && ip addr add fd00::2/128 dev lo nodad");
        Eventually.Until( // they follow the addresses; until then the kernel takes a datagram and drops it
            () => place.RunOk("ip -6 route show table local") is var routes
                && routes.Contains("local fd00::1 ", StringComparison.Ordinal) && routes.Contains("local fd00::2 ", StringComparison.Ordinal),
            "the addresses have their routes");
        using Socket sender = Bound(place, IPAddress.IPv6Any);
        using Socket receiver = Bound(place, IPAddress.Parse("fd00::1"));
        byte[] buffer = new byte[100];

        Errno errno = Datagrams.SendFrom(sender.SafeHandle, "hello"u8, IPAddress.Parse(from), 0, (IPEndPoint)receiver.LocalEndPoint!);

        errno.Should().Be(Errno.None);
        SocketReceiveFromResult received =
            await receiver.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.IPv6Any, 0)).WaitAsync(Eventually.Soon);
        received.RemoteEndPoint.Should().Be(new IPEndPoint(IPAddress.Parse(from), ((IPEndPoint)sender.LocalEndPoint!).Port));
        buffer[..received.ReceivedBytes].Should().Equal("hello"u8.ToArray());
    }

    [Fact]
    public void An_address_that_is_not_the_hosts_is_refused()
    {
        using Netns place = Netns.Create("datagrams");
        place.RunOk("ip link set lo up");
        using Socket sender = Bound(place, IPAddress.IPv6Any);
        IPEndPoint to = new(IPAddress.IPv6Loopback, 9);

        Errno errno = Datagrams.SendFrom(sender.SafeHandle, "hello"u8, IPAddress.Parse("fd00::9"), 0, to);

        errno.Should().NotBe(Errno.None);
        FluentActions.Invoking(() => Datagrams.SendFrom(sender.SafeHandle, "hello"u8, IPAddress.Loopback, 0, to)).Should().Throw<ArgumentException>();
    }

    private static Socket Bound(Netns place, IPAddress address)
    {
        Socket socket = place.OpenSocket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }
}
