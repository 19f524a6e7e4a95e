using System.Net;
using System.Text.Json;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>What `ip` and `nft` say of a network and its containers.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void Docker0_is_as_people_know_it()
    {
        using DriverWorld world = new();

        JsonElement docker0 = world.Host.Ip("addr show docker0")[0];

        docker0.GetProperty("mtu").GetInt32().Should().Be(1500);
        docker0.GetProperty("address").GetString().Should().Be("02:42:ac:11:00:01");
        docker0.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()).Should().Contain("UP");
        Addresses(docker0).Should().Equal("172.17.0.1/16");
        Broadcast(docker0).Should().Be("172.17.255.255");
    }

    [Fact]
    public void The_bridges_MAC_address_stays_as_containers_come_and_go()
    {
        using DriverWorld world = new();

        using (world.Attach().Lease)
        {
            MacOf(world.Host, "docker0").Should().Be("02:42:ac:11:00:01");
        }

        MacOf(world.Host, "docker0").Should().Be("02:42:ac:11:00:01");
    }

    [Fact]
    public void A_container_has_eth0_its_address_and_the_way_out()
    {
        using DriverWorld world = new();
        Container container = world.Attach();

        JsonElement eth0 = container.Place.Ip("addr show eth0")[0];
        JsonElement[] routes = [.. container.Place.Ip("route").EnumerateArray()];

        eth0.GetProperty("address").GetString().Should().Be("02:42:ac:11:00:02");
        eth0.GetProperty("mtu").GetInt32().Should().Be(1500);
        Addresses(eth0).Should().Equal("172.17.0.2/16");
        Broadcast(eth0).Should().Be("172.17.255.255");
        routes.Select(route => $"{Text(route, "dst")} via {Text(route, "gateway")} dev {Text(route, "dev")}").Should().BeEquivalentTo(
            "default via 172.17.0.1 dev eth0", "172.17.0.0/16 via  dev eth0");
        Addresses(container.Place.Ip("addr show lo")[0]).Should().Contain("127.0.0.1/8", "lo is up");
    }

    [Fact]
    public void Nothing_of_it_has_an_IPv6_address()
    {
        using DriverWorld world = new();
        Container container = world.Attach();

        string all = container.Place.RunOk("ip -6 addr show eth0")
            + world.Host.RunOk("ip -6 addr show docker0")
            + world.Host.RunOk($"ip -6 addr show {container.Endpoint.HostInterfaceName}");

        all.Should().BeEmpty("their multicast would be flooded to every container");
    }

    [Fact]
    public void The_hosts_end_is_on_the_bridge_with_hairpin()
    {
        using DriverWorld world = new();
        Container container = world.Attach();

        JsonElement veth = world.Host.Ip($"-d link show {container.Endpoint.HostInterfaceName}")[0];

        veth.GetProperty("master").GetString().Should().Be("docker0");
        veth.GetProperty("linkinfo").GetProperty("info_slave_data").GetProperty("hairpin").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public void The_host_forwards_and_knows_localhost_on_the_bridge_alone()
    {
        using DriverWorld world = new();

        world.Host.ReadSysctl("net.ipv4.ip_forward").Should().Be("1");
        world.Host.ReadSysctl("net.ipv4.conf.docker0.route_localnet").Should().Be("1");
        world.Host.ReadSysctl("net.ipv4.conf.eth0.route_localnet").Should().Be("0");
        world.Host.ReadSysctl("net.ipv4.conf.all.route_localnet").Should().Be("0");
    }

    [Fact]
    public void Nft_shows_each_published_port_with_its_owner()
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80", "127.0.0.1:5353:53/udp");

        string table = world.Host.RunOk("nft -s list table inet bridgenet");

        table.Should().Contain($"tcp . 8080 counter comment \"{web.Id}\" : 172.17.0.2 . 80");
        table.Should().Contain($"127.0.0.1 . udp . 5353 counter comment \"{web.Id}\" : 172.17.0.2 . 53");
        table.Should().Contain("\"docker0\"").And.Contain("172.17.0.0/16");
    }

    [Fact]
    public void Nft_would_load_the_table_that_it_shows()
    {
        using DriverWorld world = new();
        world.Attach("8080:80", "192.0.2.1:53:53/udp");
        using Netns elsewhere = Netns.Create();
        string table = world.Host.RunOk("nft -s list table inet bridgenet");

        CommandResult loaded = elsewhere.Run("sh", "-c", "printf %s \"$1\" | nft -f - && nft -s list table inet bridgenet", "sh", table);

        loaded.OrThrow().Output.Should().Be(table);
    }

    [Fact]
    public void The_endpoint_says_what_the_kernel_says()
    {
        using DriverWorld world = new();
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web" });

        Endpoint endpoint = world.Driver.GetEndpoint("web");

        endpoint.Should().Be(web.Endpoint);
        endpoint.IPv4Address!.ToString().Should().Be(Addresses(web.Place.Ip("addr show eth0")[0]).Single());
        endpoint.MacAddress.ToString().Should().Be(MacOf(web.Place, "eth0"));
        endpoint.IPv4Gateway!.ToString().Should().Be("172.17.0.1");
        endpoint.SandboxPath.Should().Be(web.Place.Path);
        endpoint.Ports.Should().Equal(new PublishedPort(IPAddress.Any, 8080, 80, TransportProtocol.Tcp));
    }

    private static string MacOf(Netns place, string device) => Text(place.Ip($"link show {device}")[0], "address");

    private static IEnumerable<string> Addresses(JsonElement link) =>
        link.GetProperty("addr_info").EnumerateArray().Select(address => $"{Text(address, "local")}/{address.GetProperty("prefixlen")}");

    private static string Broadcast(JsonElement link) => Text(link.GetProperty("addr_info")[0], "broadcast");

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "";
}
