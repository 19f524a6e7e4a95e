using System.Net;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tests;

public sealed class RouteAllocationTests
{
    private static readonly MacAddress s_mac = MacAddress.Parse("02:42:ac:11:00:02");

    private static readonly Link s_link = new()
    {
        Name = InterfaceName.Parse("vethab12"),
        Kind = new VethKind
        {
            Peer = new VethPeer { Name = InterfaceName.Parse("eth0"), MacAddress = s_mac, TxQueues = 1, RxQueues = 1 },
        },
        Master = 2,
        Group = 7,
        IsUp = true,
        BridgePort = new BridgePortSettings { Hairpin = true, Isolated = true },
        Ipv6AddressGeneration = Ipv6AddressGeneration.None,
    };

    private static readonly Link s_bridge = new()
    {
        Name = InterfaceName.Parse("docker0"),
        Kind = new BridgeKind { ForwardDelay = TimeSpan.Zero, MulticastSnooping = false },
        IsUp = true,
    };

    private static readonly LinkChange s_change = new() { IsUp = true, Name = InterfaceName.Parse("eth0"), Mtu = 1500 };

    private static readonly LinkAddress s_address = new()
    {
        LinkIndex = 3,
        Address = InterfaceAddress.Parse("fd00::2/64"),
        Flags = AddressFlags.NoDad,
        ValidLifetime = TimeSpan.FromSeconds(9),
    };

    private static readonly IPRoute s_route = IPRoute.Default(IPAddress.Parse("172.17.0.1")) with { Mtu = 1400, Table = 1000 };

    private static readonly Neighbour s_neighbour = new() { LinkIndex = 3, Address = IPAddress.Parse("172.17.0.2"), MacAddress = s_mac };

    private static readonly Qdisc s_qdisc = new() { LinkIndex = 3, Kind = new TokenBucketKind { Rate = 1_000_000, Burst = 65_536, Limit = 100_000 } };

    private static readonly TrafficFilter s_filter = new() { LinkIndex = 3, Priority = 100, RedirectTo = 9 };

    [Fact]
    public void Writing_allocates_nothing_once_the_buffer_is_warm()
    {
        using ScriptedKernel kernel = new();
        using RouteSocket socket = new(kernel);
        Write(socket);
        Write(socket);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Write(socket);
        long after = GC.GetAllocatedBytesForCurrentThread();

        (after - before).Should().Be(0);
    }

    [Fact]
    public void A_request_to_the_kernel_allocates_nothing() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        LinkSelector loopback = LinkSelector.ByIndex(1);
        LinkChange change = new() { IsUp = true, Mtu = 1500 };
        socket.Batch().ChangeLink(loopback, change).Execute();
        socket.Batch().ChangeLink(loopback, change).Execute();

        long before = GC.GetAllocatedBytesForCurrentThread();
        socket.Batch().ChangeLink(loopback, change).Execute();
        long after = GC.GetAllocatedBytesForCurrentThread();

        (after - before).Should().Be(0);
    });

    private static void Write(RouteSocket socket) => socket.Batch()
        .CreateLink(s_link)
        .CreateLink(s_bridge)
        .ChangeLink(LinkSelector.ByIndex(3), s_change)
        .DeleteLink(LinkSelector.ByName(s_bridge.Name))
        .AddAddress(s_address)
        .AddRoute(s_route)
        .SetNeighbour(s_neighbour)
        .ReplaceQdisc(s_qdisc)
        .AddFilter(s_filter);
}
