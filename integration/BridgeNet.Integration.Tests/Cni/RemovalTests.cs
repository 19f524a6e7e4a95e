using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Cni;

/// <summary>What DEL and GC take away, whatever is in their way, and what they leave to others.</summary>
public sealed class RemovalTests
{
    [Theory]
    [InlineData("CNI-")]
    [InlineData("CNI-DN-")]
    public void DEL_goes_through_every_layout_though_one_cannot_be_cleaned(string prefix)
    {
        using CniWorld world = new();
        JsonNode configuration = world.Own();
        JsonNode result = JsonNode.Parse(world.CallOwn("ADD", configuration).OrThrow().Output)!;
        string digits = Convert.ToHexStringLower(SHA512.HashData(Encoding.ASCII.GetBytes("net1c0")));
        string chain = string.Concat(prefix, digits.AsSpan(0, 28 - prefix.Length));
        world.Host.RunOk($"iptables -t nat -N {chain}; iptables -t nat -A OUTPUT -j {chain}"); // the kernel keeps a chain that a rule leads to

        CommandResult deleted = world.CallOwn("DEL", CniWorld.With(configuration, result));

        OwnPluginTests.ErrorOf(deleted).Message.Should().Contain("EBUSY");
        world.Host.RunOk("nft list tables").Should().NotContain("bridgenet_cni");
        world.Host.ReadSysctl("net.ipv4.conf.cni0.route_localnet").Should().Be("0");
        world.Veths().Should().BeEmpty();
        world.ReservationsOf("net1").Should().BeEmpty();
    }

    [Theory]
    [InlineData(62)]
    [InlineData(110)]
    [InlineData(200)]
    public void GC_tells_networks_apart_whose_long_names_begin_alike(int length)
    {
        using CniWorld world = new(containers: 2);
        string one = new string('n', length - 1) + "1", two = new string('n', length - 1) + "2";
        world.CallOwn("ADD", world.Own(one, subnet6: null)).OrThrow();
        world.CallOwn("ADD", world.Own(two, "cni1", "10.10.0.0/16", subnet6: null, port: 9080), container: 1).OrThrow();
        JsonObject collection = world.Own(one, subnet6: null, port: null);
        collection["cni.dev/valid-attachments"] = new JsonArray();

        world.CallOwn("GC", collection).OrThrow();

        string table = world.Host.RunOk("nft list table inet bridgenet_cni");
        table.Should().NotContain("10.9.0.2").And.NotContain("8080").And.Contain("10.10.0.2").And.Contain("9080");
        world.Veths().Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(1);
        world.Container(1).RunOk("ip -br link show eth0").Should().Contain("UP");
    }

    /// <summary>Since about Linux 6.16 the chain of a veth that went with its namespace stays.</summary>
    [Fact]
    public async Task A_guard_whose_veth_is_gone_is_collected_and_is_in_nobody_s_way()
    {
        using CniWorld world = new();
        JsonObject configuration = world.Own(subnet6: null, port: null);
        configuration["macspoofchk"] = true;
        world.CallOwn("ADD", configuration).OrThrow();
        world.Host.RunOk($"ip link delete {world.Veths().Trim().Split('@')[0]}; rm {world.Reservations}/net1/10.9.0.2");

        world.CallOwn("ADD", configuration).OrThrow();
        using BackgroundProcess service = world.Host.ServeTcp("10.9.0.1", 7);
        bool reaches = await world.Container(0).ReachesAsync("10.9.0.1:7");
        world.Host.RunOk($"ip link delete {world.Veths().Trim().Split('@')[0]}");
        JsonObject collection = configuration.DeepClone().AsObject();
        collection["cni.dev/valid-attachments"] = new JsonArray();
        world.CallOwn("GC", collection).OrThrow();

        reaches.Should().BeTrue();
        world.Host.RunOk("nft list tables").Should().NotContain("netdev bridgenet_cni");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Publishing_and_unpublishing_a_UDP_port_ends_no_connection_to_that_port_of_other_machines(bool isOwn)
    {
        const int Port = 8081;
        using CniWorld world = new(containers: 2);
        JsonObject other = world.Own("net2", "cni1", "10.10.0.0/16", subnet6: null, port: null);
        world.CallOwn("ADD", other, container: 1).OrThrow(); // from here the host tracks connections
        using UdpEcho outside = UdpEcho.Start(world.World.Server, Port);
        using UdpEcho inside = UdpEcho.Start(world.Container(0));
        string? answer = await UdpEcho.AskAsync(world.Host, new IPEndPoint(World.ServerAddress, Port), "before");
        _ = await UdpEcho.AskAsync(world.World.Server, new IPEndPoint(World.HostAddress, Port), "too early", Asking.Briefly);
        string before = Connections(world, Port);

        JsonNode result = isOwn
            ? JsonNode.Parse(world.CallOwn("ADD", world.Own()).OrThrow().Output)!
            : world.AddChain(world.Plugins, world.Chain());
        string added = Connections(world, Port);
        string? led = await UdpEcho.AskAsync(world.World.Server, new IPEndPoint(World.HostAddress, Port), "now");
        string used = Connections(world, Port);
        if (isOwn)
        {
            world.CallOwn("DEL", CniWorld.With(world.Own(), result)).OrThrow();
        }
        else
        {
            world.DeleteChain(world.Plugins, world.Chain(), result);
        }

        answer.Should().NotBeNull();
        before.Should().Contain("dst=198.51.100.2").And.MatchRegex("dst=192.0.2.1 sport=[0-9]+ dport=8081");
        added.Should().Contain("dst=198.51.100.2").And.NotMatchRegex("dst=192.0.2.1 sport=[0-9]+ dport=8081");
        led.Should().NotBeNull();
        used.Should().Contain("10.9.0.2");
        Connections(world, Port).Should().Contain("dst=198.51.100.2").And.NotContain("10.9.0.2");
    }

    private static string Connections(CniWorld world, int port) => world.Host.RunOk($"conntrack -L -p udp --orig-port-dst {port} 2>/dev/null");
}
