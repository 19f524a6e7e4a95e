using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

using BridgeNet.Shaping;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>A host and a container, joined by a veth whose end on the host can be limited.</summary>
internal sealed class ShapedPair : IDisposable
{
    public const int Mtu = 1500;

    public static readonly InterfaceName Veth = InterfaceName.Parse("vh");

    public static readonly InterfaceName Ifb = InterfaceName.Parse("ifb-shaped");

    private readonly List<Socket> _sockets = [];

    public ShapedPair()
    {
        try
        {
            Host.RunOk($"ip link add {Veth} type veth peer name eth0 netns {Container.Name}");
            Host.RunOk($"ip addr add 10.9.0.1/24 dev {Veth}; ip link set {Veth} up");
            Container.RunOk("ip addr add 10.9.0.2/24 dev eth0; ip link set eth0 up");
            Route = Host.In(RouteSocket.Open);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Netns Host { get; } = Netns.Create("host");

    public Netns Container { get; } = Netns.Create("container");

    public RouteSocket Route { get; } = null!;

    /// <summary>Every discipline of the host, as `tc` tells them; by default without what is in them.</summary>
    public string Disciplines => Host.RunOk("tc qdisc show");

    public string Filters => Host.RunOk($"tc filter show dev {Veth} ingress");

    public void Apply(Bandwidth? wanted) => TrafficShaper.Apply(Route, Veth, Ifb, Mtu, wanted);

    /// <summary>A TCP connection between the two: what it sends to the container is ingress.</summary>
    public (Socket Host, Socket Container) Connect()
    {
        using Socket listener = Container.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Parse("10.9.0.2"), 0));
        listener.Listen();
        Socket client = Host.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(client);
        client.Connect(listener.LocalEndPoint!);
        Socket server = listener.Accept();
        _sockets.Add(server);
        return (client, server);
    }

    /// <summary>How long it takes until so many bytes have arrived.</summary>
    public static TimeSpan Transfer(Socket from, Socket to, int bytes)
    {
        long start = Stopwatch.GetTimestamp();
        Thread sender = StartSending(from, bytes);
        Receive(to, bytes);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        sender.Join();
        return elapsed;
    }

    public static Thread StartSending(Socket from, int bytes)
    {
        Thread sender = new(() =>
        {
            try
            {
                from.Send(new byte[bytes]);
            }
            catch (SocketException) // the other end says what was missing
            {
            }
        });
        sender.Start();
        return sender;
    }

    /// <exception cref="SocketException">Nothing came for long.</exception>
    public static void Receive(Socket to, int bytes)
    {
        to.ReceiveTimeout = (int)Eventually.Soon.TotalMilliseconds;
        byte[] buffer = new byte[64 * 1024];
        for (int rest = bytes; rest > 0;)
        {
            int received = to.Receive(buffer.AsSpan(0, Math.Min(rest, buffer.Length)));
            rest -= received > 0 ? received : throw new EndOfStreamException($"{rest} bytes are missing");
        }
    }

    public void Dispose()
    {
        _sockets.ForEach(socket => socket.Dispose());
        Route?.Dispose();
        Container.Dispose();
        Host.Dispose();
    }
}
