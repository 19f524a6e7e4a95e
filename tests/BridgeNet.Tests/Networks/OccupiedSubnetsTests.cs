using System.Net;
using System.Net.Sockets;

using BridgeNet.Addressing;
using BridgeNet.Netlink.Route;
using BridgeNet.Networks;
using BridgeNet.TestKit;
using BridgeNet.Tests.State;

namespace BridgeNet.Tests.Networks;

public sealed class OccupiedSubnetsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Netns _host = Netns.Create("occupied");
    private readonly RouteSocket _route;

    public OccupiedSubnetsTests()
    {
        using NetworkNamespace host = NetworkNamespace.Open(_host.Path);
        _route = host.Run(RouteSocket.Open);
        _host.RunOk("ip link set lo up && ip link add eth0 type veth peer name router");
        _host.RunOk("ip link set router up && ip addr add 192.0.2.9/24 dev eth0 && ip link set eth0 up");
        _host.RunOk("ip -6 addr add 2001:db8::9/64 dev eth0 nodad");
    }

    public void Dispose()
    {
        _route.Dispose();
        _host.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_host_with_nothing_but_its_link_and_default_routes_has_taken_only_what_is_on_the_link()
    {
        _host.RunOk("ip route add default via 192.0.2.1 && ip -6 route add default via 2001:db8::1");

        Occupied().Should().BeEquivalentTo("192.0.2.0/24", "2001:db8::/64");
    }

    [Theory]
    [InlineData("ip route add 172.17.0.0/16 via 192.0.2.1", "172.17.0.0/16")]
    [InlineData("ip route add 172.17.9.9/32 via 192.0.2.1 table 52", "172.17.9.9/32")]
    [InlineData("ip route add unreachable 172.16.0.0/12", "172.16.0.0/12")]
    [InlineData("ip link add tun0 type bridge && ip addr add 10.8.0.1/30 dev tun0 && ip link set tun0 up", "10.8.0.0/30")]
    [InlineData("ip -6 route add fd12:3456:789a::/48 via 2001:db8::1", "fd12:3456:789a::/48")]
    [InlineData("ip -6 route add fd12:3456:789a:1::/64 via 2001:db8::1 table 1000", "fd12:3456:789a:1::/64")]
    public void A_route_takes_its_destination_on_the_link_or_through_a_gateway_in_whatever_table(string command, string taken)
    {
        _host.RunOk(command);

        Occupied().Should().BeEquivalentTo("192.0.2.0/24", "2001:db8::/64", taken);
    }

    [Theory]
    [InlineData("ip link add lan type bridge && ip addr add 172.17.5.9/24 dev lan", "172.17.5.0/24")]
    [InlineData("ip addr add 172.17.9.9/32 dev lo", "172.17.9.9/32")]
    [InlineData("ip link add lan type bridge && ip addr add fd12:3456:789a::9/64 dev lan", "fd12:3456:789a::/64")]
    public void An_address_takes_its_subnet_though_its_interface_be_down(string command, string taken)
    {
        _host.RunOk(command);

        Occupied().Should().BeEquivalentTo("192.0.2.0/24", "2001:db8::/64", taken);
    }

    [Fact]
    public void What_a_link_has_itself_can_be_left_out()
    {
        _host.RunOk("ip link add docker0 index 77 type bridge && ip addr add 172.17.0.1/16 dev docker0 && ip link set docker0 up");

        OccupiedSubnets.List(_route, [], except: 77, resolverFiles: []).Select(Text).Should().BeEquivalentTo("192.0.2.0/24", "2001:db8::/64");
    }

    [Theory]
    [InlineData("ip route add 0.0.0.0/1 via 192.0.2.1 && ip route add 128.0.0.0/1 via 192.0.2.1")]
    [InlineData("ip route add default dev eth0 table 51820 && ip -6 route add ::/1 via 2001:db8::1 && ip -6 route add 8000::/1 via 2001:db8::1")]
    [InlineData("ip route add 224.0.0.0/4 dev eth0")]
    [InlineData("ip -6 route add ff0e::/16 dev eth0")]
    public void A_default_route_in_pieces_and_multicast_take_nothing(string command)
    {
        _host.RunOk(command);

        Occupied().Should().BeEquivalentTo("192.0.2.0/24", "2001:db8::/64");
    }

    [Fact]
    public void Name_servers_and_our_networks_are_taken()
    {
        File.WriteAllText(
            ResolverFile,
            "# nameserver 10.0.0.1\nsearch example.org\nnameserver 172.17.0.53\nnameserver\t fd00::53\nnameserver "
                + "fe80::1%eth0\nnameserver nonsense\nnameserver\n");

        string[] occupied = [.. OccupiedSubnets.List(
            _route, [IPNetwork.Parse("10.1.0.0/16")], resolverFiles: [ResolverFile, $"{_directory.Path}/missing"]).Select(Text)];

        occupied.Should().BeEquivalentTo("10.1.0.0/16", "172.17.0.53/32", "fd00::53/128", "fe80::1/128", "192.0.2.0/24", "2001:db8::/64");
    }

    [Fact]
    public void A_network_that_nobody_chose_a_subnet_for_stays_clear_of_a_VPN_and_its_name_server()
    {
        _host.RunOk("ip route add 172.16.0.0/14 via 192.0.2.1");
        File.WriteAllText(ResolverFile, "nameserver 172.20.1.1\n");
        SubnetPools pools = SubnetPools.ForHost("host");

        IPNetwork? chosen = pools.Choose(AddressFamily.InterNetwork, OccupiedSubnets.List(_route, [], resolverFiles: [ResolverFile]));

        Text(chosen!.Value).Should().Be("172.21.0.0/16");
    }

    private string ResolverFile => $"{_directory.Path}/resolv.conf";

    private static string Text(IPNetwork network) => network.ToString();

    private IEnumerable<string> Occupied() => OccupiedSubnets.List(_route, [], resolverFiles: []).Select(Text);
}
