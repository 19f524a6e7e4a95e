using BridgeNet.Netlink;

namespace BridgeNet.Tests.Endpoints;

public sealed class EndpointRequestTests
{
    [Theory]
    [InlineData("172.17.0.1/16", "172.17.0.1/16: it is not of the link-local ranges 169.254.0.0/16 and fe80::/10*")]
    [InlineData("fd00::1/64", "fd00::1/64: it is not of the link-local ranges*EndpointRequest.IPv6Address")]
    [InlineData("169.254.3.4/1", "169.254.3.4/1: it is not of the link-local ranges*")]
    [InlineData("169.254.0.0/16", "169.254.0.0/16: it is the network's or the broadcast address*")]
    [InlineData("169.254.255.255/16", "169.254.255.255/16: it is the network's or the broadcast address*")]
    [InlineData("fe80::/64", "fe80::/64: it is the subnet-router anycast address*")]
    [InlineData("fe80::5%1/64", "fe80::5%1/64: its scope is the interface itself: leave it out")]
    public void A_link_local_address_that_is_none_is_refused(string address, string reason) =>
        Refusal(new EndpointRequest { LinkLocalAddresses = [InterfaceAddress.Parse(address)] }).Should().Match($"LinkLocalAddresses: {reason}");

    [Fact]
    public void A_link_local_address_that_is_given_twice_is_refused() =>
        Refusal(new EndpointRequest { LinkLocalAddresses = [InterfaceAddress.Parse("fe80::5/64"), InterfaceAddress.Parse("fe80::5/10")] })
            .Should().Be("LinkLocalAddresses: fe80::5/10: it is given twice");

    [Fact]
    public void Link_local_addresses_of_both_families_are_taken()
    {
        EndpointRequest request = new() { LinkLocalAddresses = [InterfaceAddress.Parse("169.254.3.4/16"), InterfaceAddress.Parse("fe80::5/64")] };

        request.Invoking(one => one.Validate()).Should().NotThrow();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("a\nb")]
    [InlineData("ä")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789g123")]
    public void An_alias_that_DNS_cannot_carry_is_refused(string alias) =>
        Refusal(new EndpointRequest { Aliases = [alias] }).Should().StartWith($"Aliases: '{alias}' is no name of DNS: ");

    [Fact]
    public void An_alias_of_254_characters_and_one_that_is_given_twice_are_refused()
    {
        string label = new('a', 63), longest = string.Join('.', label, label, label, label[..61]);

        Refusal(new EndpointRequest { Aliases = [$"{longest}b"] }).Should().Contain("253 in all");
        Refusal(new EndpointRequest { Aliases = ["www.DNS.podman"] }).Should().EndWith("every name is found with .dns.podman too: leave that out");
        Refusal(new EndpointRequest { Aliases = ["www", "WWW"] }).Should().Be("Aliases: WWW is given twice: DNS knows no upper and lower case");
        new EndpointRequest { Aliases = [longest, "a", "_sip._tcp.a-b"] }.Invoking(one => one.Validate()).Should().NotThrow();
    }

    private static string Refusal(EndpointRequest request)
    {
        Action validate = request.Validate;
        return validate.Should().Throw<ConfigurationException>().Which.Message;
    }
}
