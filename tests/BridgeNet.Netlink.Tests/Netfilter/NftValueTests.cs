using System.Net;
using System.Net.Sockets;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Netlink.Tests.Netfilter;

public class NftValueTests
{
    [Fact]
    public void Parts_of_a_key_are_filled_up_to_4_bytes() =>
        new NftKey().Address(IPAddress.Loopback).Protocol(ProtocolType.Tcp).Port(8080).ToValue().ToString().Should().Be("7f000001060000001f900000");

    [Fact]
    public void A_single_part_is_not_filled_up() => new NftKey().Port(8080).ToValue().Should().Be(NftValue.Port(8080));

    [Fact]
    public void An_interface_has_16_bytes() =>
        NftValue.Interface(InterfaceName.Parse("docker0")).ToString().Should().Be("646f636b657230000000000000000000");

    [Fact]
    public void A_key_has_at_most_64_bytes()
    {
        NftKey four = new NftKey().Address(IPAddress.IPv6Any).Address(IPAddress.IPv6Any).Address(IPAddress.IPv6Any).Address(IPAddress.IPv6Any);

        four.ToValue().Length.Should().Be(NftValue.MaxLength);
        FluentActions.Invoking(() => four.Port(1)).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(8000, 8010, 8011)]
    [InlineData(80, 80, 81)]
    [InlineData(255, 511, 512)]
    public void A_range_ends_behind_its_last_value(ushort first, ushort last, ushort behind)
    {
        ValueList<NftElement> elements = NftElement.Range(NftValue.Port(first), NftValue.Port(last), NftValue.UInt32(1));

        elements.Should().Equal(
            new NftElement { Key = NftValue.Port(first), Data = NftValue.UInt32(1) },
            new NftElement { Key = NftValue.Port(behind), IsIntervalEnd = true });
    }

    [Fact]
    public void A_range_to_the_last_value_has_no_end() =>
        NftElement.Range(NftValue.Port(60_000), NftValue.Port(65_535)).Should().ContainSingle().Which.IsIntervalEnd.Should().BeFalse();

    [Fact]
    public void A_comment_has_at_most_127_bytes()
    {
        NftUserData.OfComment(new string('x', 127)).Comment.Should().HaveLength(127);
        FluentActions.Invoking(() => NftUserData.OfComment(new string('ü', 64))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => NftUserData.OfComment("a\0b")).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("172.17.0.0/16", "ac110000", "ac120000")]
    [InlineData("10.255.255.252/30", "0afffffc", "0b000000")]
    [InlineData("10.1.2.3/32", "0a010203", "0a010204")]
    [InlineData("fd00::/9", "fd000000000000000000000000000000", "fd800000000000000000000000000000")]
    public void A_subnet_ends_before_the_first_address_behind_it(string subnet, string first, string behind)
    {
        ValueList<NftElement> elements = NftElement.Subnet(IPNetwork.Parse(subnet));

        elements.Select(element => (element.Key.ToString(), element.IsIntervalEnd)).Should().Equal((first, false), (behind, true));
    }

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("255.255.255.255/32")]
    [InlineData("224.0.0.0/3")]
    public void A_subnet_up_to_the_last_address_has_no_end(string subnet) =>
        NftElement.Subnet(IPNetwork.Parse(subnet)).Should().ContainSingle().Which.IsIntervalEnd.Should().BeFalse();

    [Fact]
    public void Lists_and_values_are_compared_by_what_they_hold()
    {
        ValueList<NftValue> list = [NftValue.Port(80), default];

        list.Should().Equal(new NftValue([0, 80]), new NftValue([]));
        list.Equals([NftValue.Port(80), default]).Should().BeTrue();
        list.GetHashCode().Should().Be(ValueList.From(list).GetHashCode());
        list.Equals([default, NftValue.Port(80)]).Should().BeFalse();
        default(ValueList<NftValue>).Equals([]).Should().BeTrue();
    }
}
