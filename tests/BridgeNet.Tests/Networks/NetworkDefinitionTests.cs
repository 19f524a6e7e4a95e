using System.Net;

namespace BridgeNet.Tests.Networks;

public sealed class NetworkDefinitionTests
{
    private static readonly SubnetDefinition s_subnet = SubnetDefinition.Parse("172.17.0.0/16");

    [Fact]
    public void The_default_network_is_dockers()
    {
        NetworkDefinition docker0 = NetworkDefinition.Docker0;

        docker0.Validate();
        docker0.Name.Should().Be("bridge");
        docker0.Device.ToString().Should().Be("docker0");
        docker0.Subnets.Should().BeEmpty("on a host that uses 172.17.0.0/16 itself it moves on");
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("ä")]
    [InlineData("../../etc")]
    public void A_name_that_could_be_a_path_or_spoil_a_line_is_refused(string name) =>
        Refusal(NetworkDefinition.Docker0 with { Name = name }).Should().Contain("must be 1 to 128 letters, digits");

    [Fact]
    public void A_name_of_300_characters_is_refused_without_repeating_it() =>
        Refusal(NetworkDefinition.Docker0 with { Name = new string('x', 300) }).Should().Contain("xxx…").And.NotContain(new string('x', 41));

    [Fact]
    public void A_label_that_is_given_twice_is_refused() =>
        Refusal(NetworkDefinition.Docker0 with { Labels = [KeyValuePair.Create("a", "1"), KeyValuePair.Create("a", "2")] })
            .Should().Contain("a is given twice");

    [Theory]
    [InlineData("172.18.0.1", "it is outside the subnet 172.17.0.0/16")]
    [InlineData("172.17.255.255", "broadcast")]
    public void A_gateway_that_no_bridge_can_have_is_refused(string gateway, string reason) =>
        Refusal(NetworkDefinition.Docker0 with { Subnets = [s_subnet with { Gateway = IPAddress.Parse(gateway) }] }).Should().Contain(reason);

    [Theory]
    [InlineData("127.5.0.0/16", "loopback")]
    [InlineData("126.0.0.0/7", "the addresses of 127.0.0.0/8 are every host's own loopback")]
    [InlineData("224.1.0.0/24", "multicast")]
    [InlineData("240.0.0.0/24", "reserved")]
    [InlineData("255.255.255.0/24", "reserved")]
    [InlineData("0.1.0.0/16", "this host itself")]
    [InlineData("ff05::/64", "multicast")]
    [InlineData("::ffff:172.18.0.0/112", "stand for IPv4")]
    [InlineData("::1:0/112", "loopback")]
    public void A_subnet_of_addresses_with_a_meaning_of_their_own_is_refused(string subnet, string reason) =>
        Refusal(NetworkDefinition.Docker0 with { Subnets = [SubnetDefinition.Parse(subnet)] })
            .Should().StartWith($"Subnet: {IPNetwork.Parse(subnet)} cannot be a subnet: ").And.Contain(reason);

    [Theory]
    [InlineData("10.9.0.1/32")]
    [InlineData("fd00:9::1/128")]
    [InlineData("0.0.0.0/32")]
    public void A_subnet_whose_only_address_is_the_gateways_is_refused(string subnet) =>
        Refusal(NetworkDefinition.Docker0 with { Subnets = [SubnetDefinition.Parse(subnet)] })
            .Should().StartWith("Subnet: ").And.Contain("no address for a container");

    [Fact]
    public void A_subnet_whose_other_addresses_are_all_reserved_is_refused() =>
        Refusal(NetworkDefinition.Docker0 with
        {
            Subnets = [SubnetDefinition.Parse("10.9.0.0/30") with { Auxiliary = [KeyValuePair.Create("router", IPAddress.Parse("10.9.0.2"))] }],
        }).Should().Contain("no address for a container");

    [Theory]
    [InlineData("10.9.0.0/31", false)]
    [InlineData("10.9.0.1/32", true)]
    [InlineData("64:ff9b:1::/64", false)]
    [InlineData("169.254.0.0/16", false)]
    [InlineData("223.255.255.0/24", false)]
    public void A_subnet_with_room_for_one_container_is_taken(string subnet, bool isIsolated)
    {
        GatewayMode mode = isIsolated ? GatewayMode.Isolated : GatewayMode.Nat;
        NetworkDefinition definition = new()
        {
            Name = "small",
            Internal = isIsolated,
            IPv4Mode = mode,
            IPv6Mode = mode,
            Subnets = [SubnetDefinition.Parse(subnet)],
        };

        definition.Invoking(one => one.Validate()).Should().NotThrow();
    }

    [Theory]
    [InlineData(67)]
    [InlineData(65536)]
    [InlineData(-1)]
    public void An_mtu_that_the_kernel_would_not_take_is_refused(int mtu) =>
        Refusal(NetworkDefinition.Docker0 with { Mtu = mtu }).Should().Be($"Mtu: {mtu} is not in 68 to 65535");

    private static string Refusal(NetworkDefinition definition)
    {
        Action validate = definition.Validate;
        return validate.Should().Throw<ConfigurationException>().Which.Message;
    }
}
