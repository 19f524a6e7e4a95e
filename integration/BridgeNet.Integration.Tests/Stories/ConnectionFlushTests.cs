using System.Net;
using System.Net.Sockets;
using System.Text;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Clients that keep their sockets while ports come, go and move.</summary>
public sealed class ConnectionFlushTests
{
    private const string Published = "192.0.2.1:5353";

    [Fact]
    public async Task A_udp_port_that_moves_to_another_container_takes_its_clients_along_at_once()
    {
        using DriverWorld world = new();
        Container first = world.Attach("5353:53/udp");
        Container second = world.Attach();
        ServeUdp(first, "first");
        ServeUdp(second, "second");
        using Socket client = Client(world.Server, Published);
        string before = await AskAsync(client);

        world.Driver.Unpublish(first.Id, DriverWorld.Specs("5353:53/udp"));
        world.Driver.Publish(second.Id, DriverWorld.Specs("5353:53/udp"));

        (before, await AskAsync(client)).Should().Be(("first", "second"));
    }

    [Fact]
    public async Task A_udp_port_of_a_container_that_is_gone_leads_to_the_next_at_once()
    {
        using DriverWorld world = new();
        Container first = world.Attach("5353:53/udp");
        Container second = world.Attach();
        ServeUdp(first, "first");
        ServeUdp(second, "second");
        using Socket client = Client(world.Server, Published);
        string before = await AskAsync(client);

        first.Lease.Dispose();
        world.Driver.Publish(second.Id, DriverWorld.Specs("5353:53/udp"));

        (before, await AskAsync(client)).Should().Be(("first", "second"));
    }

    [Theory]
    [InlineData("5353:53/udp", Published)]
    [InlineData("192.0.2.1:5353:53/udp", Published)]
    [InlineData("5350-5389:50-89/udp", Published)] // so many that the table is listed
    [InlineData("127.0.0.1:5353:53/udp", "127.0.0.1:5353")]
    [InlineData("5353:53/udp", "127.0.0.9:5353")]
    public async Task A_udp_port_that_is_published_after_the_clients_first_datagram_answers_the_second(string port, string at)
    {
        using DriverWorld world = new();
        Container container = world.Attach();
        ServeUdp(container, "at last");
        using Socket client = Client(at.StartsWith("127.", StringComparison.Ordinal) ? world.Host : world.Server, at);
        await SendAsync(client);
        Eventually.Until(() => Tracked(world, "udp", 5353).Length > 0, "the first datagram is remembered");

        world.Driver.Publish(container.Id, DriverWorld.Specs(port));

        (await AskAsync(client)).Should().Be("at last");
    }

    [Fact]
    public async Task A_range_of_a_routed_network_takes_no_port_of_the_host_and_ends_nobodys_connection()
    {
        using DriverWorld world = new();
        using Socket client = Client(world.Server, "192.0.2.1:500");
        await SendAsync(client);
        Eventually.Until(() => Tracked(world, "udp", 500).Length > 0, "the datagram is remembered");

        _ = world.AttachTo(Rules.RuleNetworks.Routed, "5000-5999:5000-5999/udp");

        Tracked(world, "udp", 500).Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_tcp_connection_ends_when_its_port_is_taken_back()
    {
        using DriverWorld world = new();
        Container container = world.Attach("8080:80", "8081:80");
        container.Place.ServeTcp("0.0.0.0", 80);
        using Socket ending = await ConnectAsync(world.Server, "192.0.2.1:8080");
        using Socket staying = await ConnectAsync(world.Server, "192.0.2.1:8081");
        (await AskAsync(ending), await AskAsync(staying)).Should().Be(("?", "?"));

        world.Driver.Unpublish(container.Id, DriverWorld.Specs("8080:80"));

        Func<Task> ask = () => AskAsync(ending);
        (await ask.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
        (await AskAsync(staying)).Should().Be("?", "the other port leads to the container still");
    }

    [Theory]
    [InlineData("7000:80")]
    [InlineData("192.0.2.1:7000:80")]
    [InlineData("6990-7009:80-99")]
    public void What_leaves_the_host_for_the_same_port_of_another_machine_goes_on(string port)
    {
        using DriverWorld world = new();
        Container client = world.Attach();
        Container web = world.Attach();
        world.Server.ServeTcp("0.0.0.0", 7000);
        using BackgroundProcess inContainer = client.Place.Start("socat", "EXEC:sleep 60", "TCP:198.51.100.2:7000");
        using BackgroundProcess onHost = world.Host.Start("socat", "EXEC:sleep 60", "TCP:198.51.100.2:7000");
        Eventually.Until(() => Tracked(world, "tcp", 7000).Length == 2, "both connections are remembered");
        string[] before = Tracked(world, "tcp", 7000);

        world.Driver.Publish(web.Id, DriverWorld.Specs(port));
        world.Driver.Unpublish(web.Id, DriverWorld.Specs(port));

        Tracked(world, "tcp", 7000).Should().Equal(before);
    }

    [Theory]
    [InlineData("172.17.0.9", "198.51.100.2")]
    [InlineData("fd00:17::9", "2001:db8:2::2")]
    public async Task The_next_owner_of_an_address_gets_no_answer_to_what_the_last_one_asked(string own, string server)
    {
        using DriverWorld world = new(Rules.RuleNetworks.Docker0);
        IPAddress address = IPAddress.Parse(own);
        bool isIPv4 = address.AddressFamily is AddressFamily.InterNetwork;
        EndpointRequest request = isIPv4 ? new() { IPv4Address = address } : new() { IPv6Address = address };
        Container first = world.Attach(request);
        using Socket asking = first.Place.OpenSocket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        asking.Connect(IPAddress.Parse(server), 9000);
        await SendAsync(asking);
        string[] Asked() => Tracked(world, $"udp -f {(isIPv4 ? "ipv4" : "ipv6")}", 9000);
        Eventually.Until(() => Asked().Length > 0, "the question is remembered");

        first.Lease.Dispose();
        _ = world.Attach(request);

        Asked().Should().BeEmpty();
    }

    [Theory]
    [InlineData("8080:80")]
    [InlineData("8070-8089:70-89")]
    public async Task On_a_routed_network_a_connection_ends_when_its_port_is_taken_back(string port)
    {
        using DriverWorld world = new();
        Container container = world.AttachTo(Rules.RuleNetworks.Routed, port);
        container.Place.ServeTcp("0.0.0.0", 80);
        world.Server.RunOk("ip route add 172.20.0.0/24 via 198.51.100.1");
        world.Router.RunOk("ip route add 172.20.0.0/24 via 192.0.2.1");
        using Socket client = await ConnectAsync(world.Server, $"{container.Endpoint.IPv4Address!.Address}:80");
        (await AskAsync(client)).Should().Be("?");

        world.Driver.Unpublish(container.Id, DriverWorld.Specs(port));

        Tracked(world, "tcp", 80).Should().BeEmpty();
        await client.SendAsync("?"u8.ToArray());
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(1));
        Func<Task> hear = async () => await client.ReceiveAsync(new byte[1], limit.Token);
        await hear.Should().ThrowAsync<OperationCanceledException>();
    }

    private static void ServeUdp(Container container, string answer)
    {
        BackgroundProcess service = container.Place.Start("socat", "UDP4-RECVFROM:53,fork", $"SYSTEM:read -r question; echo {answer}");
        service.Until(() => container.Place.Listens(ProtocolType.Udp, 53), "socat is bound to port 53");
    }

    private static Socket Client(Netns place, string to)
    {
        Socket socket = place.OpenSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(IPEndPoint.Parse(to));
        return socket;
    }

    private static async Task<Socket> ConnectAsync(Netns place, string to)
    {
        Socket socket = place.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(to));
        return socket;
    }

    /// <summary>Sends one datagram or a word of a stream, once; that an earlier one was refused is no matter.</summary>
    private static async Task SendAsync(Socket client)
    {
        try
        {
            await client.SendAsync("?"u8.ToArray());
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionRefused)
        {
            await client.SendAsync("?"u8.ToArray());
        }
    }

    private static async Task<string> AskAsync(Socket client)
    {
        byte[] answer = new byte[100];
        using CancellationTokenSource limit = new(Eventually.Soon);
        await SendAsync(client);
        int length = await client.ReceiveAsync(answer, limit.Token);
        return Encoding.UTF8.GetString(answer, 0, length).TrimEnd();
    }

    /// <summary>The host's connections to a port, as numbers.</summary>
    private static string[] Tracked(DriverWorld world, string protocol, int port) =>
    [
        .. world.Host.RunOk($"conntrack -L -o id -p {protocol} --orig-port-dst {port}")
            .Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith("id=", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
}
