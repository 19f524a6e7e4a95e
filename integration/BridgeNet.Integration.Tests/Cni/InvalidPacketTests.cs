using System.Net;
using System.Net.Sockets;

using BridgeNet.Integration.Tests.Stories.Rules;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Cni;

/// <summary>Packets of masqueraded connections that connection tracking calls invalid, and therefore does not translate.</summary>
public sealed class InvalidPacketTests
{
    private const int Port = 7;

    [Fact]
    public async Task A_container_s_late_RST_does_not_leave_with_its_private_address()
    {
        using CniWorld world = new();
        using BackgroundProcess echo = Serve(world);
        world.CallOwn("ADD", world.Own(subnet6: null, port: null)).OrThrow();
        Count(world.World.Router, "prerouting", "ip saddr 10.9.0.0/16");
        Count(world.Container(0), "output", "tcp flags rst");
        using Socket client = await ConnectAsync(world);

        world.Host.RunOk("conntrack -D -p tcp --dport 7 2>/dev/null");
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Close();

        Counted(world.Container(0)).Should().Be(1, "it was sent");
        Counted(world.World.Router).Should().Be(0);
    }

    [Fact]
    public async Task A_segment_outside_the_window_does_not_make_the_host_end_a_container_s_connection()
    {
        using CniWorld world = new();
        using BackgroundProcess echo = Serve(world);
        world.CallOwn("ADD", world.Own(subnet6: null, port: null)).OrThrow();
        Count(world.Host, "prerouting", "ip saddr 198.51.100.2 tcp sport 7 ct state invalid");
        Count(world.World.Server, "prerouting", "ip saddr 192.0.2.1 tcp flags rst");
        using Socket client = await ConnectAsync(world);
        using Socket sniffer = world.World.Server.OpenSocket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Tcp);
        await client.SendAsync(new byte[] { (byte)'x' });
        TcpSegment last = await TcpSegment.ReceiveAsync(sniffer, Port, Eventually.Soon);
        await client.ReceiveAsync(new byte[1]);

        await sniffer.SendToAsync(last.AnswerAhead(World.ServerAddress, 50_000_000), new IPEndPoint(World.HostAddress, 0));

        Eventually.Until(() => Counted(world.Host) == 1, "the host has seen the segment");
        Counted(world.World.Server).Should().Be(0);
        byte[] answer = new byte[1];
        await client.SendAsync(new byte[] { (byte)'x' });
        (await client.ReceiveAsync(answer)).Should().Be(1, "the connection lives");
    }

    private static BackgroundProcess Serve(CniWorld world)
    {
        BackgroundProcess echo = world.World.Server.Start("socat", $"TCP4-LISTEN:{Port},fork", "PIPE");
        echo.Until(() => world.World.Server.Listens(ProtocolType.Tcp, Port), "socat listens");
        return echo;
    }

    private static async Task<Socket> ConnectAsync(CniWorld world)
    {
        Socket client = world.Container(0).OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(new IPEndPoint(World.ServerAddress, Port));
        await client.SendAsync(new byte[] { (byte)'x' });
        await client.ReceiveAsync(new byte[1]);
        return client;
    }

    private static void Count(Netns place, string hook, string condition) => place.RunOk(
        $"nft 'add table ip seen; add counter ip seen c; add chain ip seen c {{ type filter hook {hook} priority 10; }}; "
            + $"add rule ip seen c {condition} counter name c'");

    private static int Counted(Netns place) => place.Nft("list counter ip seen c")[1].GetProperty("counter").GetProperty("packets").GetInt32();
}
