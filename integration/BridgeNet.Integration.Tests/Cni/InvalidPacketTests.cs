using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

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
        int port = int.Parse(world.Host.RunOk("conntrack -L -p tcp --dport 7 2>/dev/null | sed 's/.*dport=//; s/ .*//'"), null);

        Inject(world.World.Server, port);

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

    /// <summary>Sends the host a segment of the server's with chance numbers: one in a hundred million would be within both windows.</summary>
    private static void Inject(Netns server, int port)
    {
        byte[] segment = new byte[20];
        BinaryPrimitives.WriteUInt16BigEndian(segment, Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)port);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), (uint)Random.Shared.NextInt64());
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), (uint)Random.Shared.NextInt64());
        segment[12] = 0x50; // five words of header
        segment[13] = 0x10; // ACK
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), 1000);
        byte[] pseudo = [.. World.ServerAddress.GetAddressBytes(), .. World.HostAddress.GetAddressBytes(), 0, 6, 0, 20, .. segment];
        uint sum = 0;
        for (int i = 0; i < pseudo.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(pseudo.AsSpan(i));
        }
        sum = (sum & 0xffff) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), (ushort)~(sum + (sum >> 16)));
        using Socket socket = server.OpenSocket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Tcp);
        _ = socket.SendTo(segment, new IPEndPoint(World.HostAddress, 0));
    }
}
