using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using BridgeNet.Native;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tests;

/// <summary>Routes on the real kernel, with `ip -j route` as the witness.</summary>
public sealed class KernelRouteTests
{
    [Fact]
    public void Routes_are_what_was_asked_for() => OnBridge((socket, bridge) =>
    {
        IPRoute[] asked =
        [
            IPRoute.Default(IPAddress.Parse("172.17.0.9")) with { OutputInterface = bridge, Metric = 50 },
            To("10.1.0.0/16") with { OutputInterface = bridge, PreferredSource = IPAddress.Parse("172.17.0.1"), Mtu = 1300, Scope = RouteScope.Link },
            To("10.2.0.0/16") with { OutputInterface = bridge, Gateway = IPAddress.Parse("192.0.2.1"), Flags = RouteFlags.OnLink },
            To("10.3.0.0/16") with { Type = RouteType.Blackhole },
            To("10.4.0.0/16") with { OutputInterface = bridge, Gateway = IPAddress.Parse("fd00::2") },
            To("10.5.0.0/16") with { OutputInterface = bridge, Table = 1000, Scope = RouteScope.Link, Protocol = RouteProtocol.Static },
            To("fd01::/64") with { OutputInterface = bridge, Gateway = IPAddress.Parse("fd00::2"), Metric = 1024 },
        ];
        RouteBatch batch = socket.Batch();
        foreach (IPRoute route in asked)
        {
            batch.AddRoute(route);
        }

        batch.Execute();

        IReadOnlyList<IPRoute> read = socket.ListRoutes(table: null);
        read.Should().Contain(asked.Select(route => route with
        {
            Protocol = route.Protocol ?? RouteProtocol.Boot,
            Scope = route.Scope ?? RouteScope.Universe,
        }));
        JsonElement[] witness = NetworkSandbox.Ip("-4", "route", "show");
        Find(witness, "default").GetProperty("gateway").GetString().Should().Be("172.17.0.9");
        Find(witness, "default").GetProperty("metric").GetInt32().Should().Be(50);
        Find(witness, "10.1.0.0/16").GetProperty("prefsrc").GetString().Should().Be("172.17.0.1");
        Find(witness, "10.1.0.0/16").GetProperty("metrics")[0].GetProperty("mtu").GetInt32().Should().Be(1300);
        Find(witness, "10.2.0.0/16").GetProperty("flags")[0].GetString().Should().Be("onlink");
        Find(witness, "10.3.0.0/16").GetProperty("type").GetString().Should().Be("blackhole");
        Find(witness, "10.4.0.0/16").GetProperty("via").GetProperty("host").GetString().Should().Be("fd00::2");
        Find(NetworkSandbox.Ip("-4", "route", "show", "table", "1000"), "10.5.0.0/16").GetProperty("protocol").GetString().Should().Be("static");
    });

    [Theory]
    [InlineData("10.6.0.7/32", "-4", "10.6.0.7")]
    [InlineData("fd06::/64", "-6", "fd06::/64")]
    public void Rules_are_what_was_asked_for(string source, string family, string shown) => OnBridge((socket, _) =>
    {
        RoutingRule rule = new() { Source = IPNetwork.Parse(source), Table = 70_000 };

        socket.Batch().AddRule(rule).Execute();

        RoutingRule made = socket.ListRules().Should().ContainSingle(there => there.Source.Equals(rule.Source)).Subject;
        made.Table.Should().Be(70_000);
        NetworkSandbox.Ip(family, "rule", "show").Should().Contain(witness =>
            witness.GetProperty("src").GetString() == shown.Split('/', 2)[0] && witness.GetProperty("table").GetString() == "70000");
        Action again = () => socket.Batch().AddRule(made).Execute();
        again.Should().Throw<NetlinkException>().WithMessage($"add rule from {source} to table 70000: EEXIST*");
        socket.Batch().DeleteRule(rule).Execute();
        socket.ListRules().Should().NotContain(there => there.Source.Equals(rule.Source));
    });

    [Fact]
    public void A_list_is_of_the_family_the_table_and_the_link_that_were_named() => OnBridge((socket, bridge) =>
    {
        socket.Batch().AddRoute(To("10.5.0.0/16") with { OutputInterface = bridge, Table = 1000 }).Execute();

        socket.ListRoutes(table: 1000).Should().ContainSingle().Which.Table.Should().Be(1000);
        socket.ListRoutes(AddressFamily.InterNetwork).Should().OnlyContain(route => route.Table == IPRoute.MainTable)
            .And.OnlyContain(route => route.Destination.BaseAddress.AddressFamily == AddressFamily.InterNetwork);
        socket.ListRoutes(AddressFamily.InterNetworkV6).Should().NotBeEmpty()
            .And.OnlyContain(route => route.Destination.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6);
        socket.ListRoutes(AddressFamily.InterNetwork, table: 4242).Should().BeEmpty();
        socket.ListRoutes(table: 4242).Should().BeEmpty();
        socket.ListRoutes(linkIndex: bridge).Should().NotBeEmpty().And.OnlyContain(route => route.OutputInterface == bridge);
        socket.ListRoutes(linkIndex: 1).Should().BeEmpty();
    });

    [Fact]
    public void The_way_to_a_destination_is_what_ip_says() => OnBridge((socket, bridge) =>
    {
        socket.Batch().AddRoute(IPRoute.Default(IPAddress.Parse("172.17.0.9"))).Execute();

        IPRoute route = socket.GetRoute(IPAddress.Parse("192.0.2.7"));
        IPRoute ipv6 = socket.GetRoute(IPAddress.Parse("fd00::7"));

        route.Gateway.Should().Be(IPAddress.Parse("172.17.0.9"));
        route.OutputInterface.Should().Be(bridge);
        route.PreferredSource.Should().Be(IPAddress.Parse("172.17.0.1"));
        route.Table.Should().Be(IPRoute.MainTable);
        JsonElement witness = NetworkSandbox.Ip("route", "get", "192.0.2.7").Single();
        witness.GetProperty("gateway").GetString().Should().Be("172.17.0.9");
        witness.GetProperty("prefsrc").GetString().Should().Be("172.17.0.1");
        ipv6.OutputInterface.Should().Be(bridge);
        ipv6.PreferredSource.Should().Be(IPAddress.Parse("fd00::1"));
    });

    [Fact]
    public void Where_there_is_no_way_it_says_so() => OnBridge((socket, _) =>
    {
        Action ask = () => socket.GetRoute(IPAddress.Parse("192.0.2.7"));

        ask.Should().Throw<NetlinkException>().WithMessage("get the route to 192.0.2.7: ENETUNREACH*");
    });

    [Fact]
    public void A_route_is_added_once_replaced_and_deleted_whoever_made_it() => OnBridge((socket, bridge) =>
    {
        IPRoute route = To("10.1.0.0/16") with { OutputInterface = bridge, Protocol = RouteProtocol.Static };
        socket.Batch().AddRoute(route).Execute();
        Action again = () => socket.Batch().AddRoute(route).Execute();
        Action replace = () => socket.Batch().ReplaceRoute(route with { Mtu = 1400 }).Execute();
        Action delete = () => socket.Batch().DeleteRoute(To("10.1.0.0/16")).Execute();

        again.Should().Throw<NetlinkException>().WithMessage($"add route 10.1.0.0/16 by #{bridge}: EEXIST*");
        replace.Should().NotThrow();
        socket.ListRoutes().Single(listed => listed.Destination.Equals(route.Destination)).Mtu.Should().Be(1400);
        delete.Should().NotThrow();
        delete.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.ESRCH);
    });

    [Fact]
    public void Every_route_that_is_listed_can_be_deleted_as_it_was_listed() => OnBridge((socket, _) =>
    {
        foreach (IPRoute route in socket.ListRoutes())
        {
            socket.Batch().DeleteRoute(route).Execute();
        }

        socket.ListRoutes().Should().BeEmpty();
    });

    [Fact]
    public void Of_several_next_steps_the_first_is_read() => OnBridge((socket, bridge) =>
    {
        NetworkSandbox.Tell("ip", "route", "add", "10.6.0.0/16", "nexthop", "via", "172.17.0.8", "nexthop", "via", "172.17.0.9");

        IPRoute route = socket.ListRoutes().Single(listed => listed.Destination.Equals(IPNetwork.Parse("10.6.0.0/16")));

        route.OutputInterface.Should().Be(bridge);
        route.Gateway.Should().Be(IPAddress.Parse("172.17.0.8"));
    });

    private static IPRoute To(string destination) => new() { Destination = IPNetwork.Parse(destination) };

    private static JsonElement Find(IEnumerable<JsonElement> routes, string destination) =>
        routes.Single(route => string.Equals(route.GetProperty("dst").GetString(), destination, StringComparison.Ordinal));

    private static void OnBridge(Action<RouteSocket, int> test) => TestBridge.Run((socket, bridge) =>
    {
        socket.Batch()
            .AddAddress(new LinkAddress { LinkIndex = bridge, Address = InterfaceAddress.Parse("172.17.0.1/16") })
            .AddAddress(new LinkAddress { LinkIndex = bridge, Address = InterfaceAddress.Parse("fd00::1/64"), Flags = AddressFlags.NoDad })
            .Execute();
        test(socket, bridge);
    });
}
