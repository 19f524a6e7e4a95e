using System.Net;
using System.Net.Sockets;

using CsCheck;

namespace BridgeNet.Tests.Addressing;

public sealed class AddressPoolTests
{
    /// <summary>Pools small enough to be counted, of both families, with whatever reserved and a range or none.</summary>
    private static readonly Gen<(IPNetwork Subnet, IPNetwork? Range, IPAddress Gateway, IPAddress[] Auxiliary)> s_pools =
        from subnet in Gen.OneOf(
            AddressGens.Networks(AddressFamily.InterNetwork, 20, 32), AddressGens.Networks(AddressFamily.InterNetworkV6, 116, 128))
        from part in AddressGens.PartsOf(subnet)
        from hasRange in Gen.Bool
        from gateway in AddressGens.AddressesOf(subnet)
        from auxiliary in AddressGens.AddressesOf(subnet).Array[0, 4]
        select (subnet, hasRange ? part : (IPNetwork?)null, gateway, auxiliary);

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

        Texts(pool.From(IPAddress.Parse("10.0.0.5"))).Should().Equal("10.0.0.6", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5");
    }

    [Theory]
    [InlineData("10.0.0.0/30", "10.0.0.1 10.0.0.2")]
    [InlineData("10.0.0.0/31", "10.0.0.0 10.0.0.1")]
    [InlineData("10.0.0.7/32", "10.0.0.7")]
    [InlineData("fd00::/126", "fd00::1 fd00::2 fd00::3")]
    [InlineData("fd00::/127", "fd00:: fd00::1")]
    [InlineData("fd00::7/128", "fd00::7")]
    public void The_smallest_subnets_have_the_addresses_that_the_standards_give_them(string subnet, string addresses)
    {
        AddressPool pool = Pool(subnet);

        Texts(pool.From(after: null)).Should().Equal(addresses.Split(' '));
        pool.Count.Should().Be((UInt128)addresses.Split(' ').Length);
        AddressPool.FirstOf(pool.Subnet).ToString().Should().Be(addresses.Split(' ')[0]);
    }

    [Theory]
    [InlineData("10.0.0.0/24", "10.0.1.1", "it is outside the subnet 10.0.0.0/24")]
    [InlineData("10.0.0.0/24", "fd00::1", "it is outside the subnet 10.0.0.0/24")]
    [InlineData("10.0.0.0/24", "10.0.0.1", "it is the gateway's")]
    [InlineData("10.0.0.0/24", "10.0.0.0", "it is the network's or the broadcast address of 10.0.0.0/24")]
    [InlineData("10.0.0.0/24", "10.0.0.255", "it is the network's or the broadcast address of 10.0.0.0/24")]
    [InlineData("10.0.0.0/24", "10.0.0.9", "it is reserved as an auxiliary address")]
    [InlineData("10.0.0.0/24", "10.0.0.254", null)]
    [InlineData("fd00::/64", "fd00::", "it is the subnet-router anycast address of fd00::/64")]
    [InlineData("fd00::/64", "fd00:0:0:1::", "it is outside the subnet fd00::/64")]
    [InlineData("fd00::/64", "fd00::ffff:ffff:ffff:ffff", null)]
    public void An_address_that_cannot_be_an_endpoints_is_refused_with_the_reason(string subnet, string address, string? reason) =>
        new AddressPool(IPNetwork.Parse(subnet), IPAddress.Parse("10.0.0.1"), auxiliary: [IPAddress.Parse("10.0.0.9")])
            .Refusal(IPAddress.Parse(address)).Should().Be(reason);

    [Fact]
    public void From_a_range_only_its_addresses_are_chosen_but_any_of_the_subnet_may_be_asked_for()
    {
        AddressPool pool = new(
            IPNetwork.Parse("10.0.0.0/24"), IPAddress.Parse("10.0.0.17"), IPNetwork.Parse("10.0.0.16/30"), [IPAddress.Parse("10.0.0.18")]);

        Texts(pool.From(after: IPAddress.Parse("10.0.0.200"))).Should().Equal("10.0.0.16", "10.0.0.19");
        pool.Count.Should().Be(2);
        pool.Refusal(IPAddress.Parse("10.0.0.200")).Should().BeNull();
        pool.HandsOut(IPAddress.Parse("10.0.0.200")).Should().BeFalse();
    }

    [Theory]
    [InlineData("0.0.0.0/0", "255.255.255.254", "0.0.0.1")]
    [InlineData("10.0.0.0/8", "10.255.255.254", "10.0.0.1")]
    [InlineData("255.255.255.255/32", "255.255.255.255", "255.255.255.255")]
    [InlineData("::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::1")]
    [InlineData("fd00::/64", "fd00::ffff:ffff:ffff:ffff", "fd00::1")]
    [InlineData("ffff::/16", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff::1")]
    public void Behind_the_last_address_of_the_largest_pools_comes_the_first_at_once(string subnet, string last, string first) =>
        Pool(subnet).From(IPAddress.Parse(last)).First().ToString().Should().Be(first);

    [Fact]
    public void The_largest_pools_can_be_counted()
    {
        Pool("fd00::/64").Count.Should().Be(ulong.MaxValue);
        Pool("::/0").Count.Should().Be(UInt128.MaxValue);
        Pool("0.0.0.0/0").Count.Should().Be(uint.MaxValue - 1);
    }

    [Fact]
    public void Every_address_comes_exactly_once_wherever_the_search_begins_and_none_that_is_reserved_or_outside() => s_pools
        .SelectMany(pool => AddressGens.AddressesOf(pool.Subnet), (pool, after) => (pool, after))
        .Sample(
            sample =>
            {
                (IPNetwork subnet, IPNetwork? range, IPAddress gateway, IPAddress[] auxiliary) = sample.pool;
                AddressPool tested = new(subnet, gateway, range, auxiliary);
                IPAddress[] all = [.. tested.From(sample.after)];
                return (UInt128)all.Length == tested.Count
                    && all.Distinct().Count() == all.Length
                    && !all.Contains(gateway)
                    && !all.Intersect(auxiliary).Any()
                    && all.All(address => (range ?? subnet).Contains(address) && tested.Refusal(address) is null && tested.HandsOut(address));
            },
            iter: 400);

    [Fact]
    public void What_is_not_handed_out_by_a_whole_subnet_is_refused() => s_pools.Sample(
        pool =>
        {
            AddressPool tested = new(pool.Subnet, pool.Gateway, range: null, pool.Auxiliary);
            AddressBlock block = AddressBlock.Of(pool.Subnet);
            UInt128 refused = 0;
            for (UInt128 value = block.First; value <= block.Last; value++)
            {
                refused += tested.Refusal(new AddressNumber(block.Family, value).ToAddress()) is null ? 0u : 1u;
            }
            return refused + tested.Count == block.Last - block.First + 1;
        },
        iter: 100);

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.128/25", "10.0.0.9", null, null)]
    [InlineData(null, null, null, null, null)]
    [InlineData("10.0.1.1", null, null, "Gateway", "10.0.1.1: it is outside the subnet 10.0.0.0/24")]
    [InlineData("10.0.0.0", null, null, "Gateway", "10.0.0.0: it is the network's or the broadcast address of 10.0.0.0/24")]
    [InlineData("10.0.0.1", "10.0.1.0/25", null, "Range", "10.0.1.0/25 is outside the subnet 10.0.0.0/24")]
    [InlineData("10.0.0.1", "10.0.0.0/23", null, "Range", "10.0.0.0/23 is outside the subnet 10.0.0.0/24")]
    [InlineData("10.0.0.1", "fd00::/64", null, "Range", "fd00::/64 is outside the subnet 10.0.0.0/24")]
    [InlineData("10.0.0.1", null, "10.0.7.9", "Auxiliary", "10.0.7.9: it is outside the subnet 10.0.0.0/24")]
    [InlineData("10.0.0.1", null, "10.0.0.1", "Auxiliary", "10.0.0.1: it is the gateway's")]
    public void Settings_that_cannot_be_are_named(string? gateway, string? range, string? auxiliary, string? property, string? reason)
    {
        (string Property, string Reason)? wrong = AddressPool.Check(
            IPNetwork.Parse("10.0.0.0/24"),
            gateway is null ? null : IPAddress.Parse(gateway),
            range is null ? null : IPNetwork.Parse(range),
            auxiliary is null ? [] : [IPAddress.Parse("10.0.0.8"), IPAddress.Parse(auxiliary)]);

        (wrong?.Property, wrong?.Reason).Should().Be((property, reason));
    }

    private static AddressPool Pool(string subnet, string? gateway = null) =>
        new(IPNetwork.Parse(subnet), gateway is null ? null : IPAddress.Parse(gateway));

    private static IEnumerable<string> Texts(IEnumerable<IPAddress> addresses) => addresses.Select(address => address.ToString());
}
