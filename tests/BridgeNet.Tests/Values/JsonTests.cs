using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

using BridgeNet.Definitions;
using BridgeNet.Netlink;

namespace BridgeNet.Tests.Values;

/// <summary>What a driver takes and gives, in JSON and back: by reflection, and without reflection.</summary>
public sealed class JsonTests
{
    private static readonly PublishedPort s_port = new(IPAddress.IPv6Any, 8080, 80, TransportProtocol.Sctp)
    {
        Count = 3,
        Sources = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8")],
    };

    private static readonly Endpoint s_endpoint = new()
    {
        Id = "0123456789ab",
        Name = "web",
        Aliases = ["www", "shop.example"],
        NameServers = [IPAddress.Parse("172.18.0.1"), IPAddress.Parse("fd00::1")],
        NetworkName = "backend",
        SandboxPath = "/run/netns/web",
        InterfaceName = InterfaceName.Parse("eth0"),
        HostInterfaceName = InterfaceName.Parse("veth0123456"),
        MacAddress = MacAddress.Parse("02:42:ac:12:00:02"),
        IPv4Address = InterfaceAddress.Parse("172.18.0.2/16"),
        IPv4Gateway = IPAddress.Parse("172.18.0.1"),
        GatewayPriority = -1,
        Bandwidth = new Bandwidth { EgressRate = 1_000_000, EgressBurst = 20_000 },
        Ports = [s_port],
        IsKept = true,
    };

    private static readonly NetworkDefinition s_network = new()
    {
        Name = "backend",
        Device = InterfaceName.Parse("br-back"),
        IPv6 = true,
        Subnets =
        [
            SubnetDefinition.Parse("172.18.0.0/16") with
            {
                Gateway = IPAddress.Parse("172.18.0.9"),
                Range = IPNetwork.Parse("172.18.5.0/24"),
                Auxiliary = [KeyValuePair.Create("router", IPAddress.Parse("172.18.0.3"))],
            },
            SubnetDefinition.Parse("fd00::/64"),
        ],
        IPv4Mode = GatewayMode.NatUnprotected,
        IPv6Mode = GatewayMode.Routed,
        IPv4Source = IPAddress.Parse("192.0.2.7"),
        HostBinding = IPAddress.Loopback,
        TrustedInterfaces = [InterfaceName.Parse("wg0")],
        Mtu = 9000,
        Dns = false,
        AnnouncementInterval = TimeSpan.FromMilliseconds(200),
        Labels = [KeyValuePair.Create("owner", "me"), KeyValuePair.Create("a.b", "")],
    };

    private static readonly EndpointRequest s_request = new()
    {
        Name = "web",
        IPv6Address = IPAddress.Parse("fd00::5"),
        LinkLocalAddresses = [InterfaceAddress.Parse("169.254.3.4/16")],
        Publish = [PortSpec.Parse("127.0.0.1:8080:80/udp"), PortSpec.Parse("443") with { Sources = [IPNetwork.Parse("10.0.0.0/8")] }],
        Routes = [new StaticRoute(IPNetwork.Parse("203.0.113.0/24"), IPAddress.Parse("172.18.0.9")), new(IPNetwork.Parse("192.0.2.0/24"), null)],
        Sysctls = [KeyValuePair.Create("net.ipv4.conf.IFNAME.log_martians", "1")],
    };

    [Fact]
    public void An_endpoint_comes_back_as_it_was() => ComesBack(s_endpoint, BridgeNetJson.Endpoint);

    [Fact]
    public void A_definition_comes_back_as_it_was() => ComesBack(s_network, BridgeNetJson.NetworkDefinition);

    [Fact]
    public void Docker0_comes_back_as_it_was() => ComesBack(NetworkDefinition.Docker0, BridgeNetJson.NetworkDefinition);

    [Fact]
    public void Statistics_come_back_as_they_were() => ComesBack(
        new EndpointStatistics
        {
            ReceivedBytes = ulong.MaxValue,
            ReceivedPackets = 1,
            ReceivedDropped = 2,
            SentBytes = 3,
            SentPackets = 4,
            SentDropped = 5,
            Ports = [new PortStatistics(s_port, 6, 7, 8)],
        },
        BridgeNetJson.EndpointStatistics);

    [Fact]
    public void A_report_comes_back_as_it_was() =>
        ComesBack(
            new RepairReport
            {
                Findings =
                [
                    new RepairFinding(RepairKind.Restored, "docker0 was down") { Network = "bridge" },
                    new RepairFinding(RepairKind.BeyondRepair, "its bridge is gone") { Network = "bridge", Endpoint = "web" },
                ],
            },
            BridgeNetJson.RepairReport);

    [Fact]
    public void A_request_comes_back_as_it_was() => ComesBack(s_request, BridgeNetJson.EndpointRequest);

    [Fact]
    public void Values_are_texts_and_labels_an_object()
    {
        using JsonDocument endpoint = JsonSerializer.SerializeToDocument(s_endpoint), network = JsonSerializer.SerializeToDocument(s_network);

        endpoint.RootElement.GetProperty("InterfaceName").GetString().Should().Be("eth0");
        endpoint.RootElement.GetProperty("MacAddress").GetString().Should().Be("02:42:ac:12:00:02");
        endpoint.RootElement.GetProperty("IPv4Address").GetString().Should().Be("172.18.0.2/16");
        endpoint.RootElement.GetProperty("NameServers")[1].GetString().Should().Be("fd00::1");
        endpoint.RootElement.GetProperty("Ports")[0].GetRawText().Should().Be(
            """{"HostAddress":"::","HostPort":8080,"ContainerPort":80,"Protocol":"sctp","Count":3,"Sources":["10.0.0.0/8","fd00::/8"]}""");
        network.RootElement.GetProperty("Labels").GetRawText().Should().Be("""{"owner":"me","a.b":""}""");
        network.RootElement.GetProperty("IPv4Mode").GetString().Should().Be("nat-unprotected");
        network.RootElement.GetProperty("Subnets")[0].GetProperty("Auxiliary").GetRawText().Should().Be("""{"router":"172.18.0.3"}""");
    }

    [Theory]
    [InlineData("""{"InterfaceName":"eth0/x"}""", "interface name 'eth0/x' holds '/'")]
    [InlineData("""{"MacAddress":"02:42"}""", "'02:42' is not a MAC address")]
    [InlineData("""{"IPv4Address":"10.1"}""", "'10.1' is not an address")]
    [InlineData("""{"Routes":[{"Destination":"10.1.2.3/24"}]}""", "'10.1.2.3/24' is not a range")]
    [InlineData("""{"Publish":["80:"]}""", "port '80:'")]
    [InlineData("""{"Publish":[{"Port":"80","Source":[]}]}""", "got Source")]
    [InlineData("""{"Publish":[{"Sources":[]}]}""", "need Port")]
    [InlineData("""{"Aliases":"www"}""", "a list is an array")]
    [InlineData("""{"Aliases":[null]}""", "null is no item")]
    [InlineData("""{"Publish":[{"Port":"80","Sources":[null]}]}""", "null is no item")]
    [InlineData("""{"Publish":[null]}""", "null is no item")]
    [InlineData("""{"Sysctls":["a"]}""", "keys with values are an object")]
    [InlineData("""{"Sysctls":{"a":null}}""", "a has no value")]
    [InlineData("""{"MacAddress":7}""", "MacAddress is a text in JSON")]
    public void What_is_wrong_is_said(string json, string message)
    {
        Action byReflection = () => JsonSerializer.Deserialize<EndpointRequest>(json);
        Action byContext = () => JsonSerializer.Deserialize(json, BridgeNetJson.EndpointRequest);

        byReflection.Should().Throw<JsonException>().WithMessage($"*{message}*");
        byContext.Should().Throw<JsonException>().WithMessage($"*{message}*");
    }

    [Fact]
    public void What_is_missing_has_its_default()
    {
        const string Named = """{"Name":"a"}""";

        JsonSerializer.Deserialize<NetworkDefinition>(Named).Should().Be(new NetworkDefinition { Name = "a" });
        JsonSerializer.Deserialize(Named, BridgeNetJson.NetworkDefinition).Should().Be(new NetworkDefinition { Name = "a" });
        JsonSerializer.Deserialize("{}", BridgeNetJson.EndpointRequest).Should().Be(new EndpointRequest());
    }

    [Fact]
    public void A_list_that_is_missing_or_null_is_empty() =>
        JsonSerializer.Deserialize<EndpointRequest>("""{"Aliases":null,"Sysctls":null,"Publish":null}""").Should().Be(new EndpointRequest());

    [Fact]
    public void Lists_of_somebody_elses_types_are_arrays_too()
    {
        ValueList<Guid> list = [Guid.Empty, Guid.NewGuid()];

        string json = JsonSerializer.Serialize(list);

        json.Should().Be($"[\"{list[0]}\",\"{list[1]}\"]");
        JsonSerializer.Deserialize<ValueList<Guid>>(json).Should().Equal(list);
    }

    [Fact]
    public void A_value_can_be_a_key()
    {
        Dictionary<MacAddress, int> counts = new() { [s_endpoint.MacAddress] = 7 };

        string json = JsonSerializer.Serialize(counts);

        json.Should().Be("""{"02:42:ac:12:00:02":7}""");
        JsonSerializer.Deserialize<Dictionary<MacAddress, int>>(json).Should().Equal(counts);
    }

    [Fact]
    public void A_mode_has_one_name_in_JSON_and_everywhere_else()
    {
        foreach (GatewayMode mode in Enum.GetValues<GatewayMode>())
        {
            JsonSerializer.Serialize(mode).Should().Be($"\"{GatewayModes.NameOf(mode)}\"");
        }
    }

    private static void ComesBack<T>(T value, JsonTypeInfo<T> type)
    {
        string json = JsonSerializer.Serialize(value);

        JsonSerializer.Deserialize<T>(json).Should().Be(value);
        JsonSerializer.Deserialize(json, type).Should().Be(value);
        JsonSerializer.Serialize(value, type).Should().Be(json);
    }
}
