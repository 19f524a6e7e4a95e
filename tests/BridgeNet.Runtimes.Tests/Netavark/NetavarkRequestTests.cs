using System.Text;
using System.Text.Json.Nodes;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Runtimes.Netavark;

namespace BridgeNet.Runtimes.Tests.Netavark;

public sealed class NetavarkRequestTests
{
    private const string Good =
        """
        {"container_id":"d9eb","container_name":"web","unknown":[1],
         "port_mappings":[{"host_ip":"","container_port":80,"host_port":8080,"range":1,"protocol":"tcp"}],
         "networks":{"zz":{"static_ips":["10.88.0.2"],"static_mac":"02-42-ac-11-00-02","interface_name":"eth0"},
                     "aa":{"static_ips":["10.89.0.2"],"interface_name":"eth1","options":{"host_interface_name":"veth7"}}},
         "network_info":{
          "zz":{"name":"zz","id":"2f25","driver":"bridge","network_interface":"podman0","subnets":[{"subnet":"10.88.0.0/16","gateway":"10.88.0.1"}],
           "options":{"isolate":"strict","mtu":"1400","metric":"7","no_default_route":"true","mode":"unmanaged","whatever":"x"} },
          "aa":{"name":"aa","id":"3f25","driver":"bridge","network_interface":"podman1","subnets":[{"subnet":"10.89.0.0/24"}],"internal":true,
           "routes":[{"destination":"192.0.2.0/24","gateway":"10.89.0.9","metric":42}] } } }
        """;

    private static readonly NetavarkPlugins s_noPlugins = new([], new NoPlugins());

    [Fact]
    public void A_request_is_read_and_keeps_the_order_of_its_networks()
    {
        NetavarkRequest request = Read(Good);

        request.Attachments.Select(attachment => attachment.Network.Name).Should().Equal("zz", "aa");
        request.Ports!.Value.Should().Equal(new NetavarkPortMapping("", 8080, 80, 1, "tcp"));
        request.Attachments[0].MacAddress.Should().Be(MacAddress.Parse("02:42:ac:11:00:02"));
        request.Attachments[1].HostInterface.Should().Be("veth7");
        request.Attachments[0].Network.Should().BeEquivalentTo(
            new { Isolation = NetavarkIsolation.Strict, Mtu = (int?)1400, Metric = 7u, HasNoDefaultRoute = true, IsUnmanaged = true });
        request.Attachments[1].Network.Routes[0].Metric.Should().Be(42);
        request.Attachments[0].Placed[0].Address.Should().Be(InterfaceAddress.Parse("10.88.0.2/16"));
        NetavarkChecks.Check(request, s_noPlugins);
    }

    [Theory]
    [InlineData("container_id", null, "*missing field `container_id`*")]
    [InlineData("container_id", "../../x", "container_id \"../../x\" is part of the names of files*")]
    [InlineData("network_info.zz.name", "a/b", "*names of files*")]
    [InlineData("network_info.zz.network_dns_servers", "x", "failed to load network options: *")]
    [InlineData("networks", null, "*missing field `networks`*")]
    [InlineData("port_mappings.0.protocol", "tcp,udp", "invalid protocol*")]
    [InlineData("port_mappings.0.host_ip", "abcd", "invalid host ip \"abcd\" provided for port 8080*")]
    [InlineData("networks.zz.static_ips.0", "10.99.0.2", "*is in no subnet of network zz")]
    [InlineData("networks.zz.static_mac", "zz", "unable to parse mac address zz*")]
    [InlineData("networks.zz.interface_name", "a/b", "*is no interface's name*")]
    [InlineData("network_info.zz.driver", "foo", "unknown network driver \"foo\"*")]
    [InlineData("network_info.zz.id", "../x", "*names of files*")]
    [InlineData("network_info.zz.network_interface", "", "*network_interface*")]
    [InlineData("network_info.zz.options.mtu", "x", "unable to parse \"mtu\"*")]
    [InlineData("network_info.zz.options.no_default_route", "maybe", "*neither true nor false*")]
    [InlineData("network_info.zz.options.mode", "x", "invalid bridge mode \"x\"")]
    public void What_cannot_be_is_refused_by_its_name(string path, string? value, string message)
    {
        JsonNode request = JsonNode.Parse(Good)!;
        string[] steps = path.Split('.');
        JsonNode parent = steps[..^1].Aggregate(request, (node, step) => int.TryParse(step, out int at) ? node[at]! : node[step]!);
        if (parent is JsonArray array)
        {
            array[int.Parse(steps[^1])] = value;
        }
        else
        {
            parent[steps[^1]] = value;
        }

        Action check = () => NetavarkChecks.Check(Read(request.ToJsonString()), s_noPlugins);

        check.Should().Throw<NetavarkException>().WithMessage(message);
    }

    [Theory]
    [InlineData("macvlan", "\"mode\":\"private\",\"bclim\":\"-1\",\"vlan\":\"7\"", null)]
    [InlineData("macvlan", "\"mode\":\"\"", null)]
    [InlineData("macvlan", "\"mode\":\"l2\"", "invalid macvlan mode \"l2\"")]
    [InlineData("macvlan", "\"bclim\":\"x\"", "unable to parse \"bclim\"*")]
    [InlineData("ipvlan", "\"mode\":\"l3s\",\"bclim\":\"x\"", null)]
    [InlineData("ipvlan", "\"mode\":\"bridge\"", "invalid ipvlan mode \"bridge\"")]
    [InlineData("bridge", "\"vlan\":\"4094\",\"vrf\":\"blue\"", null)]
    [InlineData("bridge", "\"vlan\":\"4095\"", "vlan must be between 0 and 4094")]
    [InlineData("bridge", "\"vlan\":\"x\"", "unable to parse \"vlan\"*")]
    [InlineData("bridge", "\"outbound_addr4\":\"192.0.2.7\",\"outbound_addr6\":\"2001:db8::7\"", null)]
    [InlineData("bridge", "\"outbound_addr4\":\"2001:db8::7\"", "unable to parse \"outbound_addr4\": 2001:db8::7 is no IPv4 address*")]
    [InlineData("bridge", "\"outbound_addr6\":\"::\"", "unable to parse \"outbound_addr6\": :: is no IPv6 address*")]
    [InlineData("bridge", "\"outbound_addr4\":\"\"", "unable to parse \"outbound_addr4\"*")]
    [InlineData("bridge", "\"outbound_addr4\":\"10.1\"", "unable to parse \"outbound_addr4\"*")]
    [InlineData("bridge", "\"outbound_addr6\":\"[2001:db8::7]:80\"", "unable to parse \"outbound_addr6\"*")]
    [InlineData("macvlan", "\"outbound_addr4\":\"x\"", null)]
    public void Each_driver_has_its_options(string driver, string options, string? refusal)
    {
        Action check = () => NetavarkChecks.Check(Read(
            $$$"""
            {"container_id":"d9eb","container_name":"web","networks":{"n":{"interface_name":"eth0"}},
             "network_info":{"n":{"name":"n","id":"2f25","driver":"{{{driver}}}","network_interface":"p0","dns_enabled":true,
              "options":{ {{{options}}} } } } }
            """), s_noPlugins);

        if (refusal is null)
        {
            check.Should().NotThrow();
        }
        else
        {
            check.Should().Throw<NetavarkException>().WithMessage(refusal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"networks\":[]}")]
    [InlineData("{\"container_id\":1}")]
    public void What_is_no_request_is_refused(string text)
    {
        Action read = () => Read(text);

        read.Should().Throw<NetavarkException>().WithMessage("failed to load network options: *");
    }

    [Fact]
    public void What_is_taken_down_may_have_options_that_cannot_be_and_networks_that_nobody_describes()
    {
        JsonNode request = JsonNode.Parse(Good)!;
        request["network_info"]!["zz"]!["options"]!["vlan"] = "x";
        request["network_info"]!.AsObject().Remove("aa");

        NetavarkRequest read = NetavarkRequestReader.Read(Encoding.UTF8.GetBytes(request.ToJsonString()), isTolerant: true);

        read.Attachments.Should().ContainSingle().Which.Network.IsUnmanaged.Should().BeTrue("the other options are read");
        FluentActions.Invoking(() => Read(request.ToJsonString())).Should().Throw<NetavarkException>("and a setup is refused");
    }

    [Fact]
    public void Networks_may_be_an_array_as_netavark_2_takes_them()
    {
        NetavarkRequest request = Read(Good.Replace(
            "\"networks\":{\"zz\":{", "\"networks\":[{\"name\":\"zz\",", StringComparison.Ordinal)
            .Replace("\"aa\":{\"static_ips\"", "{\"name\":\"aa\",\"static_ips\"", StringComparison.Ordinal)
            .Replace("\"veth7\"}}},", "\"veth7\"}}],", StringComparison.Ordinal));

        request.Attachments.Select(attachment => (attachment.Network.Name, attachment.Interface)).Should().Equal(("zz", "eth0"), ("aa", "eth1"));
    }

    [Theory]
    [InlineData("", RouteType.Unicast)]
    [InlineData(",\"route_type\":\"unicast\"", RouteType.Unicast)]
    [InlineData(",\"route_type\":\"blackhole\"", RouteType.Blackhole)]
    [InlineData(",\"route_type\":\"unreachable\"", RouteType.Unreachable)]
    [InlineData(",\"route_type\":\"prohibit\"", RouteType.Prohibit)]
    public void Routes_have_the_types_of_netavark_2(string member, RouteType type)
    {
        NetavarkRequest request = Read(Good.Replace("\"metric\":42", $"\"metric\":42{member}", StringComparison.Ordinal));

        NetavarkRoute route = request.Attachments[1].Network.Routes[0];
        route.Type.Should().Be(type);
        (route.Gateway is null).Should().Be(type is not RouteType.Unicast, "a route that leads nowhere has no gateway");
    }

    private static NetavarkRequest Read(string json) => NetavarkRequestReader.Read(Encoding.UTF8.GetBytes(json));
}
