using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Cni;

/// <summary>What a host and a container inherit, and what an ADD or DEL must leave alone.</summary>
public sealed class HostCareTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_bridge_forwards_though_the_host_s_new_links_do_not(bool isOwn)
    {
        using CniWorld world = new();
        using WebServer outside = WebServer.Start(world.World.Server, "outside");
        world.Host.RunOk("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        world.Host.RunOk("sysctl -qw net.ipv4.conf.default.forwarding=0 net.ipv6.conf.default.forwarding=0");

        Add(world, isOwn);

        (await world.Container(0).GetAsync("http://198.51.100.2/")).Should().Be("outside");
        world.Host.ReadSysctl("net.ipv6.conf.cni0.forwarding").Should().Be("1");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task IPv6_works_though_host_and_container_begin_without_it(bool isOwn)
    {
        using CniWorld world = new();
        using WebServer inside = WebServer.Start(world.Container(0), "page");
        world.Host.WriteSysctl("net.ipv6.conf.default.disable_ipv6", "1");
        world.Container(0).RunOk("sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1; ip link set lo up");

        Add(world, isOwn);

        (await world.Host.GetAsync("http://[fd00:9::2]/")).Should().Be("page");
        world.Container(0).RunOk("ip -6 -br addr show lo").Should().Contain("::1/128");
    }

    [Fact]
    public void Loopback_has_both_addresses_in_a_namespace_that_begins_without_IPv6()
    {
        using CniWorld world = new();
        world.Container(0).RunOk("sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1");
        JsonObject configuration = new() { ["cniVersion"] = "1.0.0", ["name"] = "lo", ["type"] = "loopback" };

        JsonNode result = JsonNode.Parse(
            world.Call(Path.Combine(world.Plugins, "loopback"), "ADD", configuration, link: "lo").OrThrow().Output)!;

        result["ips"]!.AsArray().Select(address => address!["address"]!.GetValue<string>()).Should().Equal("127.0.0.1/8", "::1/128");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_default_route_that_the_host_learnt_from_a_router_stays_when_the_host_begins_to_forward(bool isOwn)
    {
        using CniWorld world = new();
        world.Host.RunOk("ip -6 route del default");
        world.Host.WriteSysctl("net.ipv6.conf.eth0.accept_ra", "1");
        Eventually.Until(
            () =>
            {
                Advertise(world.World.Router, "host"); // one that comes too early is lost: the link has just come up
                return DefaultRoute(world).Contains("proto ra", StringComparison.Ordinal);
            },
            "the host has a route from the router");

        Add(world, isOwn);

        world.Host.ReadSysctl("net.ipv6.conf.all.forwarding").Should().Be("1");
        DefaultRoute(world).Should().Contain("proto ra");
        world.Host.ReadSysctl("net.ipv6.conf.eth0.accept_ra").Should().Be("2", "the route would end with its lifetime");
        world.Host.ReadSysctl("net.ipv6.conf.cni0.accept_ra").Should().Be("0");
    }

    [Fact]
    public void CHECK_sees_another_MAC_address_of_the_bridge_and_of_its_port()
    {
        using CniWorld world = new();
        JsonObject configuration = world.Own();
        JsonNode asked = CniWorld.With(configuration, Add(world, isOwn: true));
        string mac = asked["prevResult"]!["interfaces"]![0]!["mac"]!.GetValue<string>();
        string port = world.Veths().Trim().Split('@')[0];

        world.Host.RunOk("ip link set cni0 address 02:00:00:00:00:99");
        CommandResult other = world.CallOwn("CHECK", asked);
        world.Host.RunOk($"ip link set cni0 address {mac}");
        CommandResult again = world.CallOwn("CHECK", asked);
        world.Host.RunOk($"ip link set {port} address 02:00:00:00:00:98");
        CommandResult otherPort = world.CallOwn("CHECK", asked);

        OwnPluginTests.ErrorOf(other).Should().Be((100, $"bridge cni0 has MAC address 02:00:00:00:00:99, not {mac}"));
        again.ExitCode.Should().Be(0);
        OwnPluginTests.ErrorOf(otherPort).Message.Should().StartWith($"port {port} has MAC address 02:00:00:00:00:98, not ");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_bridge_of_somebody_else_keeps_its_MAC_address_as_a_gateway_and_the_result_tells_it(bool isGateway)
    {
        using CniWorld world = new(containers: 4);
        world.Host.RunOk("ip link add cni0 type bridge"); // nobody gave it an address: it takes the lowest of its ports
        JsonObject bridge = world.Chain()[0]!.DeepClone().AsObject();
        bridge["isGateway"] = isGateway;

        JsonNode[] results = [.. Enumerable.Range(0, 4).Select(number => world.AddChain(world.Plugins, [bridge.DeepClone()], number))];

        string mac = world.Host.Ip("link show cni0")[0].GetProperty("address").GetString()!;
        string[] told = [.. results.Select(result => result["interfaces"]![0]!["mac"]!.GetValue<string>())];
        told[^1].Should().Be(mac);
        if (isGateway)
        {
            told.Should().AllBe(mac);
        }
        for (int number = 0; number < results.Length; number++)
        {
            world.Call(Path.Combine(world.Plugins, "bridge"), "CHECK", CniWorld.With(bridge, results[number]), number).OrThrow();
        }
    }

    [Fact]
    public void DEL_without_a_namespace_leaves_the_host_s_interface_in_a_VLAN_alone()
    {
        using CniWorld world = new();
        JsonNode bridge = world.Chain(subnet6: null)[0]!;
        JsonNode result = world.AddChain(world.Plugins, [bridge.DeepClone()]);
        world.Host.RunOk("ip link add cni0.100 type veth peer name cni0p100; ip link set cni0p100 master cni0");
        string mac = world.Host.Ip("link show cni0.100")[0].GetProperty("address").GetString()!;
        result["interfaces"]!.AsArray().Add(new JsonObject { ["name"] = "cni0.100", ["mac"] = mac });

        world.DeleteChain(world.Plugins, [bridge.DeepClone()], result, sandbox: string.Empty);
        world.DeleteChain(world.Plugins, [bridge.DeepClone()], result, sandbox: string.Empty);

        world.Veths().Should().Contain("cni0.100", "other containers have it as their gateway").And.Contain("cni0p100");
    }

    private static JsonNode Add(CniWorld world, bool isOwn) =>
        isOwn ? JsonNode.Parse(world.CallOwn("ADD", world.Own()).OrThrow().Output)! : world.AddChain(world.Plugins, world.Chain());

    private static string DefaultRoute(CniWorld world) => world.Host.RunOk("ip -6 route show default");

    /// <summary>Sends a router advertisement (RFC 4861, section 4.2) of half an hour out by a link.</summary>
    private static void Advertise(Netns router, string link)
    {
        byte[] advertisement = [134, 0, 0, 0, 64, 0, 0x07, 0x08, 0, 0, 0, 0, 0, 0, 0, 0];
        int index = router.Ip($"link show {link}")[0].GetProperty("ifindex").GetInt32();
        using Socket socket = router.OpenSocket(AddressFamily.InterNetworkV6, SocketType.Raw, ProtocolType.IcmpV6);
        socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, index);
        socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastTimeToLive, 255);
        _ = socket.SendTo(advertisement, new IPEndPoint(IPAddress.Parse("ff02::1"), 0));
    }
}
