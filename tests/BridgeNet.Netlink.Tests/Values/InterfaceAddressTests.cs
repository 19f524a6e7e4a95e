using System.Net;
using CsCheck;

namespace BridgeNet.Netlink.Tests;

public sealed class InterfaceAddressTests
{
    [Fact]
    public void Every_address_reads_back_from_its_text() =>
        RouteGens.InterfaceAddress.Sample(address => InterfaceAddress.Parse(address.ToString()).Should().Be(address));

    [Fact]
    public void Every_address_is_in_its_subnet() =>
        RouteGens.InterfaceAddress.Sample(address =>
        {
            address.Subnet.PrefixLength.Should().Be(address.PrefixLength);
            address.Subnet.Contains(address.Address).Should().BeTrue();
        });

    /// <summary>The example of RFC 4291, appendix A, and an address as containers have it.</summary>
    [Theory]
    [InlineData("34:56:78:9a:bc:de", "fe80::3656:78ff:fe9a:bcde/64")]
    [InlineData("02:42:ac:11:00:02", "fe80::42:acff:fe11:2/64")]
    public void The_link_local_address_is_the_EUI_64_of_the_Ethernet_address(string mac, string expected) =>
        InterfaceAddress.LinkLocal(MacAddress.Parse(mac)).ToString().Should().Be(expected);

    [Theory]
    [InlineData("172.17.0.2/16", "172.17.0.0/16")]
    [InlineData("172.17.0.2/32", "172.17.0.2/32")]
    [InlineData("172.17.0.2/0", "0.0.0.0/0")]
    [InlineData("172.17.255.2/23", "172.17.254.0/23")]
    [InlineData("fd00::1:2/64", "fd00::/64")]
    public void Host_bits_are_kept_in_the_address_and_cleared_in_the_subnet(string text, string subnet)
    {
        InterfaceAddress address = InterfaceAddress.Parse(text);

        address.ToString().Should().Be(text);
        address.Subnet.Should().Be(IPNetwork.Parse(subnet));
    }

    [Theory]
    [InlineData("")]
    [InlineData("172.17.0.2")]
    [InlineData("172.17.0.2/33")]
    [InlineData("172.17.0.2/-1")]
    [InlineData("172.17.0.2/ 8")]
    [InlineData("172.17.2/16")]
    [InlineData("172.17.0.256/16")]
    [InlineData("fd00::1/129")]
    [InlineData("/16")]
    public void A_text_that_is_none_is_refused(string text)
    {
        Action parse = () => InterfaceAddress.Parse(text);

        parse.Should().Throw<FormatException>().WithMessage($"'{text}'*172.17.0.1/16");
    }

    [Theory]
    [InlineData("10.0.0.1", 33)]
    [InlineData("::1", 129)]
    [InlineData("10.0.0.1", -1)]
    public void A_prefix_longer_than_the_address_is_refused(string address, int prefix)
    {
        Action make = () => _ = new InterfaceAddress(IPAddress.Parse(address), prefix);

        make.Should().Throw<ArgumentOutOfRangeException>();
    }
}
