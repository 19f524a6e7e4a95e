using System.Net;

using BridgeNet.Cli.Values;

using CsCheck;

namespace BridgeNet.Cli.Tests.Values;

public sealed class AddressTextTests
{
    [Fact]
    public void Every_address_reads_back_as_it_is_written() => Gen.Byte.Array[4].Sample(bytes =>
    {
        IPAddress address = new(bytes);
        AddressText.ParseAddress(address.ToString()).Should().Be(address);
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
    public void What_is_not_four_decimal_numbers_is_no_address(string text)
    {
        Action parse = () => AddressText.ParseAddress(text);

        parse.Should().Throw<FormatException>().WithMessage($"*'{text}'*");
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
    [InlineData("fd00::/64")]
    public void What_is_not_an_address_and_a_prefix_is_no_network(string text)
    {
        Action parse = () => AddressText.ParseNetwork(text);

        parse.Should().Throw<FormatException>();
    }

    [Theory]
    [InlineData("172.17.0.1/16", "172.17.0.0/16")]
    [InlineData("10.1.2.3/24", "10.1.2.0/24")]
    [InlineData("10.1.2.3/0", "0.0.0.0/0")]
    public void Host_bits_are_refused_and_the_network_is_named(string text, string network)
    {
        Action parse = () => AddressText.ParseNetwork(text);

        parse.Should().Throw<FormatException>().WithMessage($"*write {network}");
    }
}
