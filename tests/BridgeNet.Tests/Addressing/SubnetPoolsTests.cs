using System.Net;
using System.Net.Sockets;

using BridgeNet.Addressing;

using CsCheck;

namespace BridgeNet.Tests.Addressing;

public sealed class SubnetPoolsTests
{
    private const string MachineId = "0123456789abcdef0123456789abcdef";

    private static readonly SubnetPools s_pools = SubnetPools.ForHost(MachineId);
    private static readonly IPNetwork s_uniqueLocal = SubnetPools.UniqueLocal(MachineId);

    /// <summary>What may be taken on a host, much of it in and around the pools.</summary>
    private static readonly Gen<IPNetwork[]> s_occupied = Gen.OneOf(
        AddressGens.PartsOf(IPNetwork.Parse("172.16.0.0/12")).Where(part => part.PrefixLength > 14),
        AddressGens.PartsOf(IPNetwork.Parse("192.168.0.0/16")),
        AddressGens.PartsOf(s_uniqueLocal),
        AddressGens.Networks(AddressFamily.InterNetwork, 4, 32),
        AddressGens.Networks(AddressFamily.InterNetworkV6, 4, 128)).Array[0, 40];

    [Fact]
    public void Networks_get_dockers_31_subnets_in_dockers_order()
    {
        List<IPNetwork> chosen = [];
        while (s_pools.Choose(AddressFamily.InterNetwork, chosen) is { } next)
        {
            chosen.Add(next);
        }

        string[] expected =
        [
            .. Enumerable.Range(17, 15).Select(second => $"172.{second}.0.0/16"),
            .. Enumerable.Range(0, 16).Select(block => $"192.168.{block * 16}.0/20"),
        ];
        chosen.Select(subnet => subnet.ToString()).Should().Equal(expected);
    }

    [Fact]
    public void A_host_has_its_own_unique_local_addresses_of_IPv6()
    {
        s_uniqueLocal.ToString().Should().MatchRegex("^fd[0-9a-f]{2}:[0-9a-f]{1,4}:[0-9a-f]{1,4}::/48$");
        SubnetPools.UniqueLocal(MachineId).Should().Be(s_uniqueLocal, "it is the same at every call");
        SubnetPools.UniqueLocal("another").Should().NotBe(s_uniqueLocal);
        IPNetwork first = s_pools.Choose(AddressFamily.InterNetworkV6, [])!.Value;
        first.Should().Be(new IPNetwork(s_uniqueLocal.BaseAddress, 64));
        IPNetwork second = s_pools.Choose(AddressFamily.InterNetworkV6, [first])!.Value;
        AddressNumber.From(second.BaseAddress).Value.Should().Be(AddressNumber.From(first.BaseAddress).Value + (UInt128.One << 64));
    }

    [Fact]
    public void The_hash_is_the_one_that_the_documentation_says()
    {
        // printf %s 0123456789abcdef0123456789abcdef | openssl dgst -sha256 -hmac bridgenet
        s_uniqueLocal.ToString().Should().Be("fd46:e7e2:d046::/48");
    }

    [Theory]
    [InlineData("172.17.4.0/24", "172.18.0.0/16")]
    [InlineData("172.17.0.9/32 172.18.255.255/32", "172.19.0.0/16")]
    [InlineData("172.16.0.0/12", "192.168.0.0/20")]
    [InlineData("172.16.0.0/12 192.168.0.0/24 192.168.31.255/32", "192.168.32.0/20")]
    [InlineData("172.16.0.0/12 192.168.0.0/16", null)]
    [InlineData("0.0.0.0/0", null)]
    [InlineData("172.17.0.0/16 172.18.0.0/16 172.19.0.0/16 172.20.0.0/15 172.20.0.0/16", "172.22.0.0/16")]
    [InlineData("fd00::/8", "172.17.0.0/16")]
    public void What_overlaps_is_passed_over(string occupied, string? chosen) =>
        s_pools.Choose(AddressFamily.InterNetwork, [.. occupied.Split(' ').Select(text => IPNetwork.Parse(text))])?.ToString().Should().Be(chosen);

    [Theory]
    [InlineData("0.0.0.0/24", 24)]
    [InlineData("::/80", 80)]
    [InlineData("0.0.0.0/0", null)]
    [InlineData("::/0", null)]
    [InlineData("10.0.0.0/24", null)]
    public void A_size_is_asked_for_by_a_subnet_of_no_address(string subnet, int? prefix) =>
        AddressBlock.SizeAskedFor(IPNetwork.Parse(subnet)).Should().Be(prefix);

    [Theory]
    [InlineData(24, "172.17.0.0/16 172.18.0.0/23", "172.18.2.0/24")]
    [InlineData(32, "172.17.0.0/32", "172.17.0.1/32")]
    [InlineData(14, "", "172.20.0.0/14")]
    [InlineData(13, "", null)]
    public void A_block_of_the_size_asked_for_is_the_first_free_one_of_a_pool_that_has_room(int prefix, string occupied, string? chosen)
    {
        IPNetwork[] taken = [.. occupied.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => IPNetwork.Parse(text))];

        s_pools.Choose(AddressFamily.InterNetwork, taken, prefix)?.ToString().Should().Be(chosen);
    }

    [Fact]
    public void A_pool_at_the_end_of_all_addresses_is_used_up_without_overflow()
    {
        SubnetPools pools = new([new SubnetPool(IPNetwork.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127"), 128)]);

        pools.Choose(AddressFamily.InterNetworkV6, [IPNetwork.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/128")])!.Value.ToString()
            .Should().Be("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128");
        pools.Choose(AddressFamily.InterNetworkV6, [IPNetwork.Parse("ffff::/16")]).Should().BeNull();
    }

    [Fact]
    public void What_is_chosen_overlaps_nothing_and_nothing_before_it_in_the_pools_is_free() =>
        Gen.Select(s_occupied, Gen.Int[14, 26], Gen.Bool).Sample(
            (occupied, prefix, ofPool) =>
            {
                IPNetwork? chosen = s_pools.Choose(AddressFamily.InterNetwork, occupied, ofPool ? null : prefix);
                IPNetwork? expected = BlocksInOrder(ofPool ? null : prefix).Cast<IPNetwork?>()
                    .FirstOrDefault(
                        block => !occupied.Any(taken => taken.Contains(block!.Value.BaseAddress) || block.Value.Contains(taken.BaseAddress)));
                return Equals(chosen, expected);
            },
            iter: 150);

    [Fact]
    public void What_is_chosen_of_IPv6_overlaps_nothing_and_is_of_the_hosts_own() => Gen.Select(s_occupied, Gen.Int[48, 128]).Sample(
        (occupied, prefix) =>
            s_pools.Choose(AddressFamily.InterNetworkV6, occupied, prefix) is not { } chosen
            || (s_uniqueLocal.Contains(chosen.BaseAddress)
                && chosen.PrefixLength == prefix
                && !occupied.Any(taken => taken.Contains(chosen.BaseAddress) || chosen.Contains(taken.BaseAddress))));

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.0/16", true)]
    [InlineData("10.255.0.0/16", "10.0.0.0/8", true)]
    [InlineData("10.0.0.0/24", "10.0.1.0/24", false)]
    [InlineData("10.0.0.0/24", "10.0.0.0/24", true)]
    [InlineData("0.0.0.0/0", "fd00::/8", false)]
    [InlineData("::/0", "fd00::/8", true)]
    public void Networks_overlap_that_share_an_address(string one, string other, bool overlap) =>
        SubnetPools.Overlaps(IPNetwork.Parse(one), IPNetwork.Parse(other)).Should().Be(overlap);

    private static IEnumerable<IPNetwork> BlocksInOrder(int? prefix)
    {
        (string Block, int Prefix)[] pools =
        [
            ("172.17.0.0/16", 16), ("172.18.0.0/16", 16), ("172.19.0.0/16", 16),
            ("172.20.0.0/14", 16), ("172.24.0.0/14", 16), ("172.28.0.0/14", 16), ("192.168.0.0/16", 20),
        ];
        foreach ((string text, int size) in pools)
        {
            AddressBlock pool = AddressBlock.Of(IPNetwork.Parse(text));
            int length = prefix ?? size;
            for (UInt128 first = pool.First; first + AddressBlock.SizeOf(
                pool.Family,
                length) - 1 <= pool.Last; first += AddressBlock.SizeOf(pool.Family, length))
            {
                yield return new IPNetwork(new AddressNumber(pool.Family, first).ToAddress(), length);
            }
        }
    }
}
