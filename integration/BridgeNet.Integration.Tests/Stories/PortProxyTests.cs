using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>IPv6 clients of a container that has IPv4 alone: TCP.</summary>
public sealed class PortProxyTests
{
    [Fact]
    public async Task The_page_is_had_at_localhost_and_from_outside_over_IPv6()
    {
        using ProxiedPort proxied = new();
        using WebServer nginx = proxied.Container.Serve("over IPv4");
        nginx.AddFile("outside", "outside too"u8.ToArray());

        string inside = await proxied.World.Host.GetAsync("http://[::1]:8080/");
        string outside = await proxied.World.Server.GetAsync("http://[2001:db8:1::1]:8080/outside");

        (inside, outside).Should().Be(("over IPv4", "outside too"));
        nginx.WaitForVisit("/outside").Client.Should().Be("172.17.0.1", "the container sees the bridge");
    }

    [Fact]
    public async Task What_is_published_at_localhost_is_for_the_host_alone()
    {
        using ProxiedPort proxied = new("::1");
        using WebServer nginx = proxied.Container.Serve("for you only");

        string page = await proxied.World.Host.GetAsync("http://[::1]:8080/");

        page.Should().Be("for you only");
        (await proxied.World.Server.IsShutOutOfAsync("[2001:db8:1::1]:8080")).Should().BeTrue();
    }

    [Fact]
    public async Task The_rules_and_the_proxy_share_a_port()
    {
        using ProxiedPort proxied = new();
        using WebServer nginx = proxied.Container.Serve("both");
        proxied.World.Driver.Publish(proxied.Container.Id, DriverWorld.Specs("8080:80"));

        string[] pages =
        [
            await proxied.World.Server.GetAsync("http://192.0.2.1:8080/"),
            await proxied.World.Server.GetAsync("http://[2001:db8:1::1]:8080/"),
        ];

        pages.Should().Equal("both", "both");
    }

    [Fact]
    public async Task Megabytes_pass_whole_and_the_end_of_one_direction_leaves_the_other_open()
    {
        using ProxiedPort proxied = new();
        // answers once it has heard the end
        using BackgroundProcess digest = proxied.Container.Place.Start("socat", "TCP-LISTEN:80", "SYSTEM:sha256sum");
        digest.Until(() => proxied.Container.Place.Listens(ProtocolType.Tcp, 80), "socat listens");
        byte[] sent = RandomNumberGenerator.GetBytes(16 << 20);
        using Socket client = await ConnectAsync(proxied.World.Server, "[2001:db8:1::1]:8080");

        await using NetworkStream stream = new(client);
        await stream.WriteAsync(sent);
        client.Shutdown(SocketShutdown.Send);
        string answer = await new StreamReader(stream).ReadToEndAsync();

        answer.Should().StartWith(Convert.ToHexStringLower(SHA256.HashData(sent)));
    }

    [Fact]
    public async Task A_large_page_comes_whole_to_a_slow_reader()
    {
        using ProxiedPort proxied = new();
        using WebServer nginx = proxied.Container.Serve();
        byte[] large = RandomNumberGenerator.GetBytes(16 << 20);
        nginx.AddFile("large", large);
        using Socket client = await ConnectAsync(proxied.World.Host, "[::1]:8080");
        using MemoryStream received = new();
        byte[] little = new byte[8 << 10];

        await client.SendAsync("GET /large HTTP/1.0\r\n\r\n"u8.ToArray());
        for (int length; (length = await client.ReceiveAsync(little)) > 0;)
        {
            received.Write(little, 0, length);
        }

        received.ToArray()[^large.Length..].Should().Equal(large);
    }

    [Fact]
    public async Task A_client_of_a_port_where_nobody_listens_is_told_by_a_reset()
    {
        using ProxiedPort proxied = new();

        Func<Task> ask = async () =>
        {
            // which may hear the reset before it hears that it is connected
            using Socket client = await ConnectAsync(proxied.World.Host, "[::1]:8080");
            await client.ReceiveAsync(new byte[1]);
        };

        (await ask.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
    }

    [Fact]
    public async Task Members_of_the_subnets_that_are_refused_do_not_get_in()
    {
        using ProxiedPort proxied = new(refused: ["2001:db8:2::/64"]);
        using WebServer nginx = proxied.Container.Serve("for others");

        Func<Task> refused = () => proxied.World.Server.GetAsync("http://[2001:db8:1::1]:8080/");

        // by when the refusal comes
        (await refused.Should().ThrowAsync<Exception>()).Which.Should().Match(error => error is HttpRequestException || error is SocketException);
        (await proxied.World.Router.GetAsync("http://[2001:db8:1::1]:8080/")).Should().Be("for others");
    }

    [Fact]
    public async Task When_it_ends_its_connections_end_the_port_is_free_and_no_socket_is_left()
    {
        using ProxiedPort proxied = new();
        proxied.Container.Place.ServeTcp("0.0.0.0", 80);
        using Socket client = await ConnectAsync(proxied.World.Server, "[2001:db8:1::1]:8080");
        await client.SendAsync("?"u8.ToArray());
        int echoed = await client.ReceiveAsync(new byte[1]);
        string[] before = proxied.SocketsOfHost();

        proxied.Proxy.Dispose();

        (echoed, before.Length).Should().Be((1, 3), "it listens, and each connection is two");
        proxied.SocketsOfHost().Should().BeEmpty();
        Func<Task> read = () => client.ReceiveAsync(new byte[1]);
        (await read.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
        proxied.Open(proxied.Port).Dispose();
        proxied.Proxy.Dispose();
    }

    [Fact]
    public async Task Clients_that_come_and_go_leave_no_socket()
    {
        using ProxiedPort proxied = new();
        using WebServer nginx = proxied.Container.Serve();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => proxied.World.Host.GetAsync("http://[::1]:8080/")));

        Eventually.Until(() => proxied.SocketsOfHost().Length == 1, "nothing but the listener is left");
    }

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        using ProxiedPort proxied = new();

        proxied.Invoking(it => it.Open(it.Port)).Should().Throw<PortConflictException>().Which.Port.Should().Be(proxied.Port);
        proxied.Invoking(it => it.Open(it.Port with { HostAddress = IPAddress.Parse("2001:db8::9") })).Should().Throw<ConfigurationException>();
    }

    [Fact]
    public void What_it_cannot_serve_is_refused()
    {
        using ProxiedPort proxied = new();

        proxied.Invoking(it => it.Open(it.Port with { Protocol = TransportProtocol.Sctp, HostPort = 8081 })).Should().Throw<ArgumentException>();
        proxied.Invoking(it => it.Open(it.Port with { HostAddress = IPAddress.Any, HostPort = 8081 })).Should().Throw<ArgumentException>();
    }

    private static async Task<Socket> ConnectAsync(Netns place, string to)
    {
        Socket socket = place.OpenSocket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(to));
        return socket;
    }
}
