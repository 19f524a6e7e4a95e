using System.Net;

using BridgeNet.Runtimes;

using CsCheck;

namespace BridgeNet.Cli.Tests.Values;

public sealed class AddressTextTests
{
    [Fact]
    public void Every_address_reads_back_as_it_is_written() => Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]).Sample(bytes =>
    {
        IPAddress address = new(bytes);
        string text = address.ToString();
        AddressText.ParseAddress(text).Should().Be(address);
        (bytes.Length == 4 ? AddressText.ParseIPv4(text) : AddressText.ParseIPv6(text)).Should().Be(address);
    });

    [Fact]
    public void Every_IPv6_network_reads_back_as_it_is_written() => Gen.Select(Gen.Byte.Array[16], Gen.Int[0, 128]).Sample((bytes, length) =>
    {
        string address = new IPAddress(bytes).ToString();
        IPNetwork network = AddressText.ParseInterfaceAddress($"{address}/{length}").Subnet;
        AddressText.ParseNetwork(network.ToString()).Should().Be(network);
    });

    [Fact]
    public void Every_network_reads_back_as_it_is_written() => Gen.Select(Gen.UInt, Gen.Int[0, 32]).Sample((bits, length) =>
    {
        uint network = length == 0 ? 0 : bits & (uint.MaxValue << (32 - length));
        string text = $"{new IPAddress([(byte)(network >> 24), (byte)(network >> 16), (byte)(network >> 8), (byte)network])}/{length}";
        AddressText.ParseNetwork(text).ToString().Should().Be(text);
    });

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("10.1")]
    [InlineData("10.1.2")]
    [InlineData("010.0.0.1")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.1 ")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("web")]
    public void An_IPv4_address_is_four_decimal_numbers_or_refused(string text)
    {
        Action parse = () => AddressText.ParseIPv4(text);

        parse.Should().Throw<FormatException>().WithMessage($"*'{text}'*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.1")]
    [InlineData("[fd00::1]")]
    [InlineData("[fd00::1]:80")]
    [InlineData("fe80::1%eth0")]
    [InlineData("fd00::1/64")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fd00:::1")]
    public void An_IPv6_address_is_plain_or_refused(string text)
    {
        Action parse = () => AddressText.ParseIPv6(text);

        parse.Should().Throw<FormatException>().WithMessage($"'{text}' is not an IPv6 address*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("10/8")]
    [InlineData("10.1/16")]
    [InlineData("/8")]
    [InlineData("fd00::/129")]
    [InlineData("fd00::")]
    public void A_network_is_an_address_and_a_prefix_or_refused(string text)
    {
        Action parse = () => AddressText.ParseNetwork(text);

        parse.Should().Throw<FormatException>();
    }

    [Theory]
    [InlineData("172.17.0.1/16", "172.17.0.0/16")]
    [InlineData("10.1.2.3/24", "10.1.2.0/24")]
    [InlineData("10.1.2.3/0", "0.0.0.0/0")]
    [InlineData("fd00:1::1/64", "fd00:1::/64")]
    public void Host_bits_are_refused_and_the_network_is_named(string text, string network)
    {
        Action parse = () => AddressText.ParseNetwork(text);

        parse.Should().Throw<FormatException>().WithMessage($"*write {network}");
    }
}
