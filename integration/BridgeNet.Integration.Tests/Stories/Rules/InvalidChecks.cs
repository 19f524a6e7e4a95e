using System.Net;
using System.Net.Sockets;

using BridgeNet.TestKit;

using static BridgeNet.Integration.Tests.Stories.Rules.PacketCheck;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>Packets that connection tracking calls invalid: they belong to no connection, or lie outside its window.</summary>
internal static class InvalidChecks
{
    private const int Port = 7000;

    public static IReadOnlyList<PacketCheck> Forward { get; } =
    [
        Stop(
            "inet forward: ct state invalid ip saddr @masqueraded4 drop",
            "a late reset leaves with the container's own address",
            world => LateReset(world, AddressFamily.InterNetwork, World.ServerAddress, "ip saddr 172.17.0.0/16")),
        Stop(
            "inet forward: ct state invalid ip6 saddr @masqueraded6 drop",
            "a late reset leaves with the container's own address",
            world => LateReset(world, AddressFamily.InterNetworkV6, World.ServerAddress6, "ip6 saddr fd00:17::/64")),
    ];

    public static IReadOnlyList<PacketCheck> HostResets { get; } =
    [
        Let(
            "inet host_resets: ct state invalid tcp flags & rst == rst drop",
            "a container's connection outlives a segment outside its window",
            OutsideTheWindow),
    ];

    /// <summary>A connection that the host forgets, and whose client then resets it. A rule of the router counts what has such a source.</summary>
    private static Func<TimeSpan, Task<bool>> LateReset(DriverWorld world, AddressFamily family, IPAddress server, string source)
    {
        world.Server.ServeTcp("::", Port);
        string counting = $"{source} tcp flags & rst == rst counter";
        world.Router.RunOk($"nft 'table inet seen {{ chain in {{ type filter hook prerouting priority 0; {counting}; }}; }}'");
        Netns container = world.Attach().Place;
        return async patience =>
        {
            using Socket client = container.OpenSocket(family, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(server, Port);
            world.Host.RunOk("conntrack -F");
            client.Close(0);
            return Try.Within(patience, () => !world.Router.RunOk("nft list chain inet seen in").Contains("packets 0 ", StringComparison.Ordinal));
        };
    }

    /// <summary>Somebody on the way sends a segment of the server's whose number is far ahead.</summary>
    private static Func<TimeSpan, Task<bool>> OutsideTheWindow(DriverWorld world)
    {
        world.Server.ServeTcp("0.0.0.0", Port);
        Netns container = world.Attach().Place;
        return async patience =>
        {
            using Socket sniffer = world.Server.OpenSocket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Tcp);
            using Socket client = container.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(World.ServerAddress, Port);
            _ = await EchoAsync(client, patience);
            TcpSegment last = await TcpSegment.ReceiveAsync(sniffer, Port, patience);
            await sniffer.SendToAsync(last.AnswerAhead(World.ServerAddress, 50_000_000), new IPEndPoint(World.HostAddress, 0));
            return Try.Within(patience, () => EchoAsync(client, patience).GetAwaiter().GetResult());
        };
    }

    private static async Task<bool> EchoAsync(Socket client, TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience);
        try
        {
            await client.SendAsync("?"u8.ToArray(), limit.Token);
            return await client.ReceiveAsync(new byte[1], limit.Token) == 1;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
