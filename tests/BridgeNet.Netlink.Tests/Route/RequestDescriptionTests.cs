using System.Net;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

public sealed class RequestDescriptionTests
{
    private static readonly LinkSelector s_docker0 = LinkSelector.ByName(InterfaceName.Parse("docker0"));

    private static readonly LinkAddress s_address = new() { LinkIndex = 3, Address = InterfaceAddress.Parse("172.17.0.1/16") };

    private static readonly IPRoute s_route = new()
    {
        Destination = IPNetwork.Parse("10.0.0.0/8"),
        OutputInterface = 3,
        Table = 1000,
    };

    private delegate RouteBatch Asked(RouteBatch batch);

    [Fact]
    public void Links_are_named() => Describe(batch => batch
        .CreateLink(new Link { Name = InterfaceName.Parse("vethab12"), Index = 9 })
        .CreateLink(new Link { Kind = new VethKind() })
        .ChangeLink(s_docker0, new LinkChange { Mtu = 1 })
        .ChangeLink(LinkSelector.ByIndex(5), new LinkChange { Name = InterfaceName.Parse("eth0") })
        .DeleteLink(LinkSelector.ByIndex(5))
        .DeleteLink(s_docker0)
        .DeleteLinkGroup(7))
        .Should().Equal(
            "create link vethab12", "create link of kind veth", "change link docker0", "change link #5", "delete link #5",
            "delete link docker0", "delete links of group 7");

    [Fact]
    public void Addresses_are_named() => Describe(batch => batch
        .AddAddress(s_address).ReplaceAddress(s_address).DeleteAddress(s_address))
        .Should().Equal("add address 172.17.0.1/16 to #3", "replace address 172.17.0.1/16 to #3", "delete address 172.17.0.1/16 from #3");

    [Fact]
    public void Routes_are_named() => Describe(batch => batch
        .AddRoute(IPRoute.Default(IPAddress.Parse("172.17.0.1")))
        .ReplaceRoute(s_route)
        .DeleteRoute(s_route with { Type = RouteType.Blackhole, OutputInterface = null, Table = IPRoute.MainTable })
        .AddRoute(IPRoute.Default(IPAddress.Parse("fd00::1"))))
        .Should().Equal(
            "add route default via 172.17.0.1", "replace route 10.0.0.0/8 by #3 in table 1000", "delete route 10.0.0.0/8 blackhole",
            "add route default via fd00::1");

    [Fact]
    public void Neighbours_are_named() => Describe(batch => batch
        .SetNeighbour(new Neighbour { LinkIndex = 3, Address = IPAddress.Parse("172.17.0.2") })
        .DeleteNeighbour(new Neighbour { LinkIndex = 3, IsForwardingEntry = true, MacAddress = MacAddress.Parse("02:42:ac:11:00:02") }))
        .Should().Equal("set neighbour 172.17.0.2 on #3", "delete forwarding entry 02:42:ac:11:00:02 on #3");

    [Fact]
    public void Queueing_disciplines_and_filters_are_named() => Describe(batch => batch
        .AddQdisc(Qdisc.Ingress(3))
        .ReplaceQdisc(new Qdisc { LinkIndex = 3, Kind = new TokenBucketKind { Rate = 1, Burst = 1, Limit = 1 } })
        .DeleteQdisc(Qdisc.Ingress(3))
        .AddFilter(new TrafficFilter { LinkIndex = 3, Priority = 100, RedirectTo = 9 })
        .DeleteFilter(new TrafficFilter { LinkIndex = 3, Priority = 100 }))
        .Should().Equal(
            "add queueing discipline ingress at ffff:fff1 of #3", "replace queueing discipline tbf at root of #3",
            "delete queueing discipline ingress at ffff:fff1 of #3", "add filter u32 of priority 100 at ffff:fff2 of #3",
            "delete filter u32 of priority 100 at ffff:fff2 of #3");

    private static List<string> Describe(Asked ask)
    {
        using ScriptedKernel kernel = new();
        using RouteSocket socket = new(kernel);
        Action execute = () => ask(socket.Batch()).Execute();
        execute.Should().Throw<NetlinkException>("nobody answers");
        List<string> descriptions = [];
        foreach (NetlinkMessage request in new NetlinkDatagram(kernel.Sent[0]))
        {
            descriptions.Add(RequestDescription.Of(request));
        }
        return descriptions;
    }
}
