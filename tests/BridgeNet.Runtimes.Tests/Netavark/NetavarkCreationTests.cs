using System.Text;
using System.Text.Json.Nodes;

using BridgeNet.Runtimes.Netavark;

namespace BridgeNet.Runtimes.Tests.Netavark;

public sealed class NetavarkCreationTests
{
    private const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly HashSet<string> s_interfaces = new(["lo", "eth0", "podman1"], StringComparer.Ordinal);

    [Fact]
    public void What_was_left_open_is_completed_and_the_rest_stays()
    {
        JsonObject network = Create(("labels", new JsonObject { ["a"] = "b" }), ("unknown", 7), ("dns_enabled", true));

        ((string?)network["network_interface"]).Should().Be("podman3", "podman1 is an interface of the host, and podman2 one of another network");
        network["subnets"]!.ToJsonString().Should().Be("""[{"subnet":"10.89.2.0/24","gateway":"10.89.2.1"}]""");
        network["ipam_options"]!.ToJsonString().Should().Be("""{"driver":"host-local"}""");
        network["labels"]!.ToJsonString().Should().Be("""{"a":"b"}""");
        ((int?)network["unknown"]).Should().Be(7);
        ((string?)network["created"]).Should().MatchRegex("^20[0-9-]{8}T[0-9:.]{16}Z$");
    }

    [Fact]
    public void A_network_with_IPv6_has_a_random_subnet_of_it_beside_one_of_IPv4()
    {
        JsonObject one = Create(("ipv6_enabled", true)), other = Create(("ipv6_enabled", true));

        one["subnets"]!.AsArray().Should().HaveCount(2);
        ((string?)one["subnets"]![1]!["subnet"]).Should().MatchRegex("^fd[0-9a-f:]+::/64$");
        ((string?)one["subnets"]![1]!["gateway"]).Should().EndWith("::1");
        $"{one["subnets"]![1]}".Should().NotBe($"{other["subnets"]![1]}");
    }

    [Fact]
    public void A_subnet_of_IPv6_alone_stays_alone_unless_IPv6_was_asked_for()
    {
        JsonNode subnets() => JsonNode.Parse("""[{"subnet":"fd00:9::/64"}]""")!;

        JsonObject alone = Create(("subnets", subnets())), both = Create(("subnets", subnets()), ("ipv6_enabled", true));

        (alone["subnets"]!.AsArray().Count, (bool)alone["ipv6_enabled"]!).Should().Be((1, true));
        both["subnets"]!.AsArray().Select(subnet => (string?)subnet!["subnet"]).Should().Equal("fd00:9::/64", "10.89.2.0/24");
    }

    [Theory]
    [InlineData(true, false, null)]
    [InlineData(true, true, "10.99.0.1")]
    [InlineData(false, false, "10.99.0.1")]
    public void An_internal_network_has_a_gateway_if_names_are_served_there(bool isInternal, bool hasDns, string? gateway)
    {
        JsonObject network = Create(
            ("internal", isInternal), ("dns_enabled", hasDns), ("subnets", JsonNode.Parse("""[{"subnet":"10.99.0.0/24"}]""")));

        ((string?)network["subnets"]![0]!["gateway"]).Should().Be(gateway);
    }

    [Theory]
    [InlineData("""{"vlan":"7"}""")]
    [InlineData("""{"mode":"unmanaged"}""")]
    public void Networks_may_share_a_bridge_that_is_somebody_elses_or_has_VLANs(string options)
    {
        JsonObject network = Create(("network_interface", "podman2"), ("options", JsonNode.Parse(options)));

        ((string?)network["subnets"]![0]!["subnet"]).Should().Be("10.89.0.0/24", "and the subnet need not be clear of others");
    }

    [Fact]
    public void A_subnet_is_written_without_the_bits_of_a_host()
    {
        JsonObject network = Create(("subnets", JsonNode.Parse("""[{"subnet":"10.99.0.7/24"}]""")));

        network["subnets"]!.ToJsonString().Should().Be("""[{"subnet":"10.99.0.0/24","gateway":"10.99.0.1"}]""");
    }

    [Fact]
    public void Outbound_addresses_are_options_of_a_bridge()
    {
        const string Addresses = """{"outbound_addr4":"192.0.2.7","outbound_addr6":"2001:db8::7"}""";

        Create(("options", JsonNode.Parse(Addresses)))["options"]!.ToJsonString().Should().Be(Addresses);
    }

    [Fact]
    public void Dockers_options_take_their_places()
    {
        JsonObject network = Create(("options", JsonNode.Parse(
            """{"com.docker.network.driver.mtu":"1400","com.docker.network.bridge.name":"br7"}""")));

        network["options"]!.ToJsonString().Should().Be("""{"mtu":"1400"}""");
        ((string?)network["network_interface"]).Should().Be("br7");
    }

    [Theory]
    [InlineData("macvlan", "", "dhcp")]
    [InlineData("macvlan", "10.99.0.0/24", "host-local")]
    [InlineData("ipvlan", "10.99.0.0/24", "host-local")]
    public void On_a_parents_wire_names_are_off_and_the_ipam_driver_follows_the_subnets(string driver, string subnet, string ipam)
    {
        JsonObject network = Create(
            ("driver", driver),
            ("network_interface", "eth0"),
            ("dns_enabled", true),
            ("subnets", subnet.Length > 0 ? new JsonArray(new JsonObject { ["subnet"] = subnet }) : null));

        ((bool)network["dns_enabled"]!, (string?)network["ipam_options"]!["driver"]).Should().Be((false, ipam));
    }

    [Theory]
    [InlineData("""{"name":""}""", "Network name must be supplied")]
    [InlineData("""{"name":"a b"}""", "Invalid characters in network name \"a b\"*")]
    [InlineData("""{"name":"other"}""", "network already exists other")]
    [InlineData("""{"id":""}""", "Network id must be supplied")]
    [InlineData("""{"id":"12"}""", "Network id must be a hexadecimal string \"12\"*")]
    [InlineData("""{"network_interface":"abcdefghijklmnop"}""", "Interface name is too long: interface names must be 15 characters or less: *")]
    [InlineData("""{"network_interface":"a/b"}""", "*no interface's name*")]
    [InlineData("""{"network_interface":"podman2"}""", "bridge name podman2 already in use")]
    [InlineData("""{"ipam_options":{"driver":"x"}}""", "Unsupported ipam driver: x")]
    [InlineData("""{"ipam_options":{"driver":"none"},"subnets":[{"subnet":"10.9.0.0/24"}]}""", "None ipam driver is set but subnets are given")]
    [InlineData("""{"options":{"outbound":"x"}}""", "unsupported bridge network option: outbound")]
    [InlineData("""{"options":{"isolate":"x"}}""", "invalid isolate option \"x\"")]
    [InlineData("""{"options":{"mtu":"x"}}""", "unable to parse \"mtu\": invalid digit found in string")]
    [InlineData("""{"options":{"vlan":"4095"}}""", "vlan must be between 0 and 4094")]
    [InlineData("""{"network_dns_servers":["192.0.2.1"]}""", "cannot set NetworkDNSServers if DNS is not enabled for the network")]
    [InlineData("""{"network_dns_servers":["x"],"dns_enabled":true}""", "failed to load network create: x: invalid IP address syntax")]
    [InlineData("""{"subnets":[{"subnet":"10.9.0.0/33"}]}""", "failed to load network create: 10.9.0.0/33: invalid IP address syntax")]
    [InlineData("""{"subnets":[{"subnet":"10.89.1.0/25"}]}""", "subnet 10.89.1.0/25 is already used on the host or by another config")]
    [InlineData("""{"subnets":[{"subnet":"10.9.0.0/24"},{"subnet":"10.9.0.0/24"}]}""", "duplicate subnet defined: 10.9.0.0/24")]
    [InlineData("""{"subnets":[{"subnet":"10.9.0.0/23"},{"subnet":"10.9.1.0/24"}]}""", "overlapping subnets: 10.9.0.0/23 and 10.9.1.0/24")]
    [InlineData("""{"subnets":[{"subnet":"10.9.0.0/24","gateway":"10.8.0.1"}]}""", "gateway 10.8.0.1 not in subnet 10.9.0.0/24")]
    [InlineData("""{"subnets":[{"subnet":"10.9.0.0/31"}]}""", "could not create gateway for subnet 10.9.0.0/31 *")]
    [InlineData(
        """{"subnets":[{"subnet":"10.9.0.0/24","lease_range":{"end_ip":"10.8.0.9"}}]}""", "lease range end_ip 10.8.0.9 not in subnet 10.9.0.0/24")]
    [InlineData(
        """{"subnets":[{"subnet":"10.9.0.0/24","lease_range":{"start_ip":"10.9.0.9","end_ip":"10.9.0.8"}}]}""",
        "lease range start_ip 10.9.0.9 must be less than or equal to end_ip 10.9.0.8")]
    [InlineData("""{"routes":[{"destination":"10.7.0.1/24","gateway":"10.89.2.9"}]}""", "route destination invalid")]
    [InlineData("""{"routes":[{"destination":"10.7.0.0/24"}]}""", "route 10.7.0.0/24 requires a gateway for type unicast")]
    [InlineData(
        """{"routes":[{"destination":"10.7.0.0/24","gateway":"10.89.2.9","route_type":"prohibit"}]}""",
        "route 10.7.0.0/24 must not have a gateway for type prohibit")]
    [InlineData("""{"routes":[{"destination":"10.7.0.0/24","route_type":"local"}]}""", "invalid route type \"local\"")]
    [InlineData("""{"driver":"macvlan","network_interface":"nosuch"}""", "parent interface nosuch does not exist")]
    [InlineData("""{"driver":"macvlan","ipam_options":{"driver":"host-local"}}""", "macvlan driver needs at least one subnet*")]
    [InlineData(
        """{"driver":"macvlan","ipam_options":{"driver":"dhcp"},"subnets":[{"subnet":"10.9.0.0/24"}]}""", "ipam driver dhcp set but subnets are set")]
    [InlineData("""{"driver":"ipvlan"}""", "ipam driver dhcp is not supported with ipvlan")]
    [InlineData("""{"driver":"ipvlan","subnets":[{"subnet":"10.9.0.0/24"}],"options":{"bclim":"1"}}""", "unsupported ipvlan network option: bclim")]
    [InlineData("""{"driver":"nosuch"}""", "unknown network driver \"nosuch\"*")]
    [InlineData("""{"driver":"../x"}""", "unknown network driver \"../x\"*")]
    [InlineData("""{"name":"a\n"}""", "Invalid characters in network name*")]
    [InlineData("""{"id":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"}""", "Network id must be a hexadecimal string*")]
    [InlineData("""{"options":{"com.docker.network.bridge.name":"averyveryverylongname"}}""", "Interface name is too long*")]
    [InlineData("""{"options":{"com.docker.network.bridge.name":"br0\n"}}""", "*no interface's name*")]
    [InlineData("""{"subnets":[{"subnet":"fe80::%1/64"}]}""", "failed to load network create: fe80::%1/64: invalid IP address syntax")]
    [InlineData("""{"subnets":[{"subnet":"010.0.0.0/24"}]}""", "failed to load network create: 010.0.0.0/24: invalid IP address syntax")]
    [InlineData("""{"network_interface":7}""", "failed to load network create: invalid type: `network_interface` is to be a string")]
    [InlineData("""{"options":[]}""", "failed to load network create: invalid type: `options` is to be a map")]
    [InlineData("""{"options":{"mtu":1400}}""", "failed to load network create: invalid type: `mtu` is to be a string")]
    [InlineData("""{"ipam_options":"x"}""", "failed to load network create: invalid type: `ipam_options` is to be a map")]
    [InlineData("""{"subnets":{}}""", "failed to load network create: invalid type: `subnets` is to be a sequence")]
    [InlineData("""{"subnets":[null]}""", "failed to load network create: invalid type: `subnets` is to be a sequence of maps")]
    [InlineData(
        """{"subnets":[{"subnet":"10.9.0.0/24","lease_range":7}]}""", "failed to load network create: invalid type: `lease_range` is to be a map")]
    [InlineData("""{"routes":[null]}""", "failed to load network create: invalid type: `routes` is to be a sequence of maps")]
    [InlineData("""{"routes":[{"destination":"10.7.0.0/24","gateway":"10.89.2.9","metric":-1}]}""", "*`metric` is to be a number")]
    [InlineData("""{"dns_enabled":"yes"}""", "failed to load network create: invalid type: `dns_enabled` is to be a boolean")]
    public void What_cannot_be_is_refused_by_its_name(string members, string message)
    {
        Action create = () => Create([.. JsonNode.Parse(members)!.AsObject().Select(member => (member.Key, member.Value?.DeepClone()))]);

        create.Should().Throw<NetavarkException>().WithMessage(message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"network":{},"used":{},"options":{}}""")]
    [InlineData("""{"network":{},"network":{},"used":{},"options":{}}""")]
    public void What_is_no_request_is_refused(string text)
    {
        Action read = () => NetavarkCreateRequest.Read(Encoding.UTF8.GetBytes(text));

        read.Should().Throw<NetavarkException>().WithMessage("failed to load network create: *");
    }

    [Theory]
    [InlineData("used", "interfaces", "[null]")]
    [InlineData("used", "interfaces", "{}")]
    [InlineData("used", "names", "[]")]
    [InlineData("used", "subnets", "[7]")]
    [InlineData("options", "subnet_pools", "[null]")]
    [InlineData("options", "subnet_pools", """[{"base":"10.0.0.0/8","size":"x"}]""")]
    [InlineData("options", "default_interface_name", "7")]
    [InlineData("options", "check_used_subnets", "\"yes\"")]
    public void What_is_taken_must_be_readable(string part, string member, string value)
    {
        JsonObject request = Request();
        request[part]![member] = JsonNode.Parse(value);

        Action read = () => NetavarkCreateRequest.Read(Encoding.UTF8.GetBytes(request.ToJsonString()));

        read.Should().Throw<NetavarkException>().WithMessage("failed to load network create: *");
    }

    private static JsonObject Create(params (string Name, JsonNode? Value)[] members)
    {
        JsonObject request = Request();
        foreach ((string name, JsonNode? value) in members)
        {
            request["network"]![name] = value;
        }
        NetavarkCreateRequest read = NetavarkCreateRequest.Read(Encoding.UTF8.GetBytes(request.ToJsonString()));
        return new NetavarkCreation(read, new NetavarkPlugins([], new NoPlugins()), () => s_interfaces).Run();
    }

    private static JsonObject Request() => JsonNode.Parse(
            $$$"""
            {"network":{"name":"mine","id":"{{{Id}}}","driver":"bridge","dns_enabled":false,"internal":false,"ipv6_enabled":false},
             "used":{"interfaces":["podman2"],"names":{"other":"{{{Id}}}"},"subnets":["10.89.0.0/24","10.89.1.0/24"]},
             "options":{"subnet_pools":[{"base":"fd00::/16","size":64},{"base":"10.89.0.0/16","size":24}],"default_interface_name":"podman",
              "check_used_subnets":true}}
            """)!.AsObject();
}
