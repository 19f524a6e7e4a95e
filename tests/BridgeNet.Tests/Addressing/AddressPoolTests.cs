using System.Net;

using BridgeNet.Addressing;

using CsCheck;

namespace BridgeNet.Tests.Addressing;

public sealed class AddressPoolTests
{
    private static readonly Gen<(IPNetwork Subnet, IPAddress Gateway)> s_pools =
        from prefix in Gen.Int[20, 32]
        from bits in Gen.UInt
        let network = new IPNetwork(Address(bits & (uint)(0xffffffffL << (32 - prefix))), prefix)
        select (network, AddressPool.FirstOf(network));

    [Fact]
    public void Dockers_default_network_hands_out_172_17_0_2_first()
    {
        AddressPool pool = Pool("172.17.0.0/16", "172.17.0.1");

        pool.From(after: null).First().Should().Be(IPAddress.Parse("172.17.0.2"));
        pool.Count.Should().Be(65_533);
    }

    [Fact]
    public void The_search_goes_on_behind_the_last_and_wraps_around()
    {
        AddressPool pool = Pool("10.0.0.0/29", "10.0.0.1");

        pool.From(IPAddress.Parse("10.0.0.5")).Select(a => a.ToString()).Should()
            .Equal("10.0.0.6", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5");
    }

    [Fact]
    public void A_31_has_two_addresses_and_a_32_one()
    {
        Pool("10.0.0.0/31", "192.0.2.1").From(after: null).Should().HaveCount(2);
        Pool("10.0.0.7/32", "192.0.2.1").From(after: null).Should().Equal(IPAddress.Parse("10.0.0.7"));
    }

    [Theory]
    [InlineData("10.0.1.1", "it is outside the subnet 10.0.0.0/24")]
    [InlineData("10.0.0.1", "it is the gateway's")]
    [InlineData("10.0.0.0", "it is the network's or the broadcast address of 10.0.0.0/24")]
    [InlineData("10.0.0.255", "it is the network's or the broadcast address of 10.0.0.0/24")]
    [InlineData("10.0.0.254", null)]
    public void An_address_that_cannot_be_an_endpoints_is_refused_with_the_reason(string address, string? reason) =>
        Pool("10.0.0.0/24", "10.0.0.1").Refusal(IPAddress.Parse(address)).Should().Be(reason);

    [Fact]
    public void Every_address_comes_exactly_once_wherever_the_search_begins() => s_pools.Select(Gen.UInt).Sample(
        (pool, start) =>
        {
            AddressPool tested = new(pool.Subnet, pool.Gateway);
            IPAddress[] all = [.. tested.From(Address(start % 2 == 0 ? start : Number(pool.Subnet.BaseAddress) + (start % 4096)))];
            return all.Distinct().Count() == all.Length
                && all.Length == tested.Count
                && all.All(address => tested.Refusal(address) is null);
        },
        iter: 300);

    private static AddressPool Pool(string subnet, string gateway) => new(IPNetwork.Parse(subnet), IPAddress.Parse(gateway));

    private static IPAddress Address(uint number) => new([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);

    private static uint Number(IPAddress address) => address.GetAddressBytes().Aggregate(0u, (n, b) => n << 8 | b);
}
