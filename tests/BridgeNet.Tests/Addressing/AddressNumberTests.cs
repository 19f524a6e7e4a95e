using System.Net;

using CsCheck;

namespace BridgeNet.Tests.Addressing;

public sealed class AddressNumberTests
{
    [Fact]
    public void An_address_is_the_same_after_being_a_number() => Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16])
        .Sample(bytes => AddressNumber.From(new IPAddress(bytes)).ToAddress().GetAddressBytes().SequenceEqual(bytes));

    [Theory]
    [InlineData("10.0.0.255", "10.0.1.0")]
    [InlineData("fd00::ffff:ffff:ffff:ffff", "fd00:0:0:1::")]
    public void The_next_number_is_the_next_address(string address, string next)
    {
        AddressNumber number = AddressNumber.From(IPAddress.Parse(address));

        (number with { Value = number.Value + 1 }).ToAddress().ToString().Should().Be(next);
    }

    [Fact]
    public void A_scope_is_no_part_of_it() =>
        AddressNumber.From(IPAddress.Parse("fe80::1%3")).Should().Be(AddressNumber.From(IPAddress.Parse("fe80::1")));
}
