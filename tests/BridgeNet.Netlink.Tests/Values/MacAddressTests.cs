using System.Net;
using CsCheck;

namespace BridgeNet.Netlink.Tests;

public sealed class MacAddressTests
{
    [Fact]
    public void Every_address_reads_back_from_its_text_and_its_bytes() =>
        RouteGens.Mac.Sample(mac =>
        {
            byte[] bytes = new byte[MacAddress.Length];
            mac.CopyTo(bytes);
            MacAddress.Parse(mac.ToString()).Should().Be(mac);
            MacAddress.From(bytes).Should().Be(mac);
        });

    [Fact]
    public void Text_is_in_the_order_of_the_wire() => MacAddress.From([0x02, 0x42, 0xac, 0x11, 0, 2]).ToString().Should().Be("02:42:ac:11:00:02");

    [Fact]
    public void Dashes_and_capitals_are_read() => MacAddress.Parse("02-42-AC-11-00-02").Should().Be(MacAddress.Parse("02:42:ac:11:00:02"));

    [Theory]
    [InlineData("")]
    [InlineData("02:42:ac:11:00")]
    [InlineData("02:42:ac:11:00:0g")]
    [InlineData("02:42-ac:11:00:02")]
    [InlineData("02 42 ac 11 00 02")]
    [InlineData("02:42:ac:11:00:02:")]
    [InlineData("+2:42:ac:11:00:02")]
    public void A_text_that_is_none_is_refused(string text)
    {
        Action parse = () => MacAddress.Parse(text);

        parse.Should().Throw<FormatException>().WithMessage($"'{text}'*02:42:ac:11:00:02");
        MacAddress.TryParse(text, provider: null, out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("00:00:00:00:00:00", false)]
    [InlineData("02:42:ac:11:00:02", true)]
    [InlineData("01:00:5e:00:00:01", false)]
    [InlineData("ff:ff:ff:ff:ff:ff", false)]
    public void Only_an_address_that_a_link_may_have_is_unicast(string text, bool isUnicast) =>
        MacAddress.Parse(text).IsUnicast.Should().Be(isUnicast);

    [Fact]
    public void From_IPv4_it_is_02_42_and_the_address() =>
        MacAddress.FromIPv4(IPAddress.Parse("172.17.0.2")).ToString().Should().Be("02:42:ac:11:00:02");

    [Fact]
    public void From_IPv6_there_is_none()
    {
        Action make = () => MacAddress.FromIPv4(IPAddress.IPv6Loopback);

        make.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(7)]
    public void From_other_than_six_bytes_there_is_none(int length)
    {
        Action make = () => MacAddress.From(new byte[length]);

        make.Should().Throw<ArgumentException>();
    }
}
