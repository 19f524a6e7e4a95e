using System.Net;
using System.Text;

using BridgeNet.Netlink;
using BridgeNet.Runtimes.Docker.Plugin;

namespace BridgeNet.Runtimes.Tests.Docker;

/// <summary>Networks as Docker asks a plugin for them.</summary>
public sealed class DockerNetworkRequestTests
{
    private const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void The_simplest_is_a_network_of_the_subnet_that_Docker_chose()
    {
        NetworkDefinition network = Read(
            """
            "Options":{"com.docker.network.enable_ipv6":false,"com.docker.network.generic":{}},
            "IPv4Data":[{"AddressSpace":"LocalDefault","Gateway":"172.18.0.1/16","Pool":"172.18.0.0/16"}],"IPv6Data":[]
            """);

        network.Name.Should().Be("docker-0123456789ab");
        network.Device.Should().Be(InterfaceName.Parse("br-0123456789ab"));
        network.Subnets.Should().Equal(new SubnetDefinition { Subnet = IPNetwork.Parse("172.18.0.0/16"), Gateway = IPAddress.Parse("172.18.0.1") });
        (network.IPv4, network.IPv6, network.Internal).Should().Be((true, false, false));
        network.Labels.Single().Should().Be(KeyValuePair.Create("com.docker.network.id", Id));
    }

    [Fact]
    public void Options_families_and_auxiliary_addresses_have_their_places()
    {
        NetworkDefinition network = Read(
            """
            "Options":{"com.docker.network.internal":true,
              "com.docker.network.generic":{"com.docker.network.driver.mtu":"1400","com.docker.network.bridge.name":"br-mine"}},
            "IPv4Data":[{"Gateway":"10.5.0.254/24","Pool":"10.5.0.0/24","AuxAddresses":{"h":"10.5.0.130/24","DefaultGatewayIPv4":"10.5.0.9/24"}}],
            "IPv6Data":[{"Gateway":"fd00:5::1/64","Pool":"fd00:5::/64"}]
            """);

        (network.Mtu, network.Device, network.Internal, network.IPv6).Should().Be((1400, InterfaceName.Parse("br-mine"), true, true));
        network.Subnets.Should().HaveCount(2);
        network.Subnets[0].NextHop.Should().Be(IPAddress.Parse("10.5.0.9"));
        network.Subnets[0].Auxiliary.Single().Should().Be(KeyValuePair.Create("h", IPAddress.Parse("10.5.0.130")));
        network.Subnets[1].Gateway.Should().Be(IPAddress.Parse("fd00:5::1"));
    }

    [Fact]
    public void Options_of_our_own_are_noted_on_it_for_its_endpoints_and_one_adopts_a_bridge()
    {
        NetworkDefinition network = Read(
            """
            "Options":{"com.docker.network.generic":{"bridgenet.publish-from":"10.0.0.0/8","bridgenet.adopt":"true",
              "com.docker.network.bridge.name":"br-theirs"}},
            "IPv4Data":[{"Gateway":"10.5.0.1/24","Pool":"10.5.0.0/24"}]
            """);

        (network.Adopt, network.Device).Should().Be((true, InterfaceName.Parse("br-theirs")));
        network.Labels.Should().Contain(KeyValuePair.Create("bridgenet.publish-from", "10.0.0.0/8")).And.HaveCount(2);
    }

    [Theory]
    [InlineData("\"Options\":{\"com.docker.network.generic\":{\"bridgenet.colour\":\"red\"}}", "bridgenet.colour=red")]
    [InlineData("\"Options\":{\"com.docker.network.generic\":{\"bridgenet.adopt\":\"perhaps\"}}", "neither true nor false")]
    [InlineData("\"IPv4Data\":[{\"AddressSpace\":\"null\",\"Pool\":\"0.0.0.0/0\"}]", "no subnet")]
    [InlineData("\"IPv4Data\":[{\"Pool\":\"0.0.0.0/26\",\"Gateway\":\"0.0.0.1/26\"}]", "cannot be a subnet")]
    [InlineData("\"IPv4Data\":[{\"Pool\":\"10.5.0.0/24\",\"Gateway\":\"10.6.0.1/24\"}]", "lies in none")]
    [InlineData("\"Options\":{\"com.docker.network.generic\":{\"com.docker.network.driver.mtu\":\"big\"}}", "mtu=big")]
    [InlineData("\"Options\":{\"com.docker.network.generic\":{\"x\":1}}", "no text")]
    [InlineData("\"Options\":[]", "no object")]
    [InlineData("\"IPv4Data\":[{\"Pool\":\"\\ud800\"}]", "Unicode")]
    [InlineData("\"IPv4Data\":[{\"\\ud800xxxxx\":1,\"Gateway\":\"10.5.0.1/24\"}]", "Unicode")]
    [InlineData("\"IPv4Data\":[{}]", "no subnet")]
    public void What_cannot_be_is_refused(string members, string reason)
    {
        Action read = () => Read(members);

        read.Should().Throw<FormatException>().WithMessage($"*{reason}*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    public void What_is_no_object_is_no_request(string text)
    {
        Action read = () => new PluginRequest(Encoding.UTF8.GetBytes(text)).Dispose();

        read.Should().Throw<FormatException>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc")]
    [InlineData("a b")]
    public void An_id_that_is_none_of_Docker_s_is_refused(string id)
    {
        using PluginRequest request = new(Encoding.UTF8.GetBytes($$"""{"NetworkID":"{{id}}"}"""));
        Func<string> read = () => request.Network;

        read.Should().Throw<FormatException>();
    }

    private static NetworkDefinition Read(string members)
    {
        using PluginRequest request = new(Encoding.UTF8.GetBytes($$"""{"NetworkID":"{{Id}}",{{members}}}"""));
        return DockerNetworkRequest.Read(request);
    }
}
