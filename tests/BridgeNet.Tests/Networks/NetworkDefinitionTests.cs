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
        docker0.Subnets.Should().ContainSingle().Which.Subnet.ToString().Should().Be("172.17.0.0/16");
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
