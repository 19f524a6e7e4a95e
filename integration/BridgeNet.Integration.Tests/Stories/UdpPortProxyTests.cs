using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>IPv6 clients of a container that has IPv4 alone: UDP.</summary>
public sealed class UdpPortProxyTests
{
    private static readonly IPEndPoint s_localhost = IPEndPoint.Parse("[::1]:8080");
    private static readonly IPEndPoint s_host = IPEndPoint.Parse("[2001:db8:1::1]:8080");

    [Fact]
    public async Task Two_clients_each_get_their_own_answers_from_the_address_they_asked()
    {
        using ProxiedPort proxied = Udp();
        using UdpEcho echo = UdpEcho.Start(proxied.Container.Place);
        proxied.World.Host.RunOk("ip addr add 2001:db8:1::7/64 dev eth0 nodad");

        string?[] answers = await Task.WhenAll(
            UdpEcho.AskAsync(proxied.World.Host, s_localhost, "one"), // AskAsync takes answers from where it asked alone
            UdpEcho.AskAsync(proxied.World.Server, s_host, "two"),
            UdpEcho.AskAsync(proxied.World.Server, IPEndPoint.Parse("[2001:db8:1::7]:8080"), "three"));

        answers.Should().Equal("172.17.0.1 asked one", "172.17.0.1 asked two", "172.17.0.1 asked three");
    }

    [Fact]
    public async Task A_client_keeps_its_way_to_the_container_until_it_was_silent_for_too_long()
    {
        using ProxiedPort proxied = Udp(idle: TimeSpan.FromSeconds(5));
        using Socket container = Bound(proxied.Container);
        using Socket client = Client(proxied.World.Server, s_host);

        EndPoint first = await PassAsync(client, container);
        EndPoint second = await PassAsync(client, container);
        Eventually.Until(() => proxied.SocketsOfHost().Length == 1, "the client is forgotten");
        EndPoint third = await PassAsync(client, container);

        second.Should().Be(first);
        third.Should().NotBe(first, "it is a new socket");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_507)]
    public async Task Datagrams_of_every_length_pass_both_ways(int length)
    {
        using ProxiedPort proxied = Udp();
        using Socket container = Bound(proxied.Container);
        using Socket client = Client(proxied.World.Host, s_localhost);
        byte[] sent = RandomNumberGenerator.GetBytes(length);
        byte[] heard = new byte[70_000], answer = new byte[70_000];

        await client.SendAsync(sent);
        SocketReceiveFromResult received = await container.ReceiveFromAsync(heard, new IPEndPoint(IPAddress.Any, 0));
        await container.SendToAsync(heard.AsMemory(0, received.ReceivedBytes), received.RemoteEndPoint);
        int answered = await client.ReceiveAsync(answer);

        answer[..answered].Should().Equal(sent);
    }

    [Fact]
    public async Task A_client_that_asks_before_the_container_listens_is_answered_later()
    {
        using ProxiedPort proxied = Udp();
        using Socket client = Client(proxied.World.Host, s_localhost);
        await client.SendAsync("too early"u8.ToArray());
        Eventually.Until(() => proxied.SocketsOfHost().Length == 3, "the datagram is on its way");
        using Socket container = Bound(proxied.Container);

        (await PassAsync(client, container)).Should().NotBeNull();
    }

    [Fact]
    public async Task Members_of_the_subnets_that_are_refused_get_no_answer()
    {
        using ProxiedPort proxied = Udp(refused: ["2001:db8:2::/64"]);
        using UdpEcho echo = UdpEcho.Start(proxied.Container.Place);

        string? refused = await UdpEcho.AskAsync(proxied.World.Server, s_host, "let me in", Asking.Briefly);
        string? served = await UdpEcho.AskAsync(proxied.World.Router, s_host, "me too");

        (refused, served).Should().Be((null, "172.17.0.1 asked me too"));
    }

    [Fact]
    public async Task When_it_ends_no_socket_is_left()
    {
        using ProxiedPort proxied = Udp();
        using UdpEcho echo = UdpEcho.Start(proxied.Container.Place);
        string? answer = await UdpEcho.AskAsync(proxied.World.Server, s_host, "hello");
        string[] before = proxied.SocketsOfHost();

        proxied.Proxy.Dispose();

        answer.Should().NotBeNull();
        before.Should().HaveCount(2);
        proxied.SocketsOfHost().Should().BeEmpty();
        proxied.Open(proxied.Port).Dispose();
    }

    private static ProxiedPort Udp(string[]? refused = null, TimeSpan? idle = null) => new("::", 53, TransportProtocol.Udp, refused, idle);

    private static Socket Bound(Container container)
    {
        Socket socket = container.Place.OpenSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 53));
        return socket;
    }

    private static Socket Client(Netns place, IPEndPoint to)
    {
        Socket socket = place.OpenSocket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(to);
        return socket;
    }

    /// <summary>Sends a datagram, and returns where the container saw it come from. One that was sent before may come first.</summary>
    private static async Task<EndPoint> PassAsync(Socket client, Socket container)
    {
        using CancellationTokenSource limit = new(Eventually.Soon);
        byte[] sent = RandomNumberGenerator.GetBytes(20), heard = new byte[100];
        await client.SendAsync(sent, limit.Token);
        while (true)
        {
            SocketReceiveFromResult received = await container.ReceiveFromAsync(heard, new IPEndPoint(IPAddress.Any, 0), limit.Token);
            if (heard.AsSpan(0, received.ReceivedBytes).SequenceEqual(sent))
            {
                return received.RemoteEndPoint;
            }
        }
    }
}
