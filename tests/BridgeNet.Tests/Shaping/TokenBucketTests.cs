using BridgeNet.Shaping;
using BridgeNet.Netlink.Route;
using CsCheck;

namespace BridgeNet.Tests.Shaping;

public sealed class TokenBucketTests
{
    [Theory]
    [InlineData(1_000_000_000, null, 125_000_000, 12_500_000)] // 100 ms
    [InlineData(1_000_000, null, 125_000, 15_180)]             // ten packets
    [InlineData(1, null, 1, 15_180)]
    [InlineData(9, 64_000L, 2, 64_000)]
    [InlineData(8_000_000, 1_000L, 1_000_000, 1_518)]          // a packet
    [InlineData(long.MaxValue, null, 1_152_921_504_606_846_976, uint.MaxValue)]
    public void A_bucket_holds_the_burst_or_100_ms_or_ten_packets(long rate, long? burst, ulong bytesPerSecond, uint size)
    {
        TokenBucketKind bucket = TokenBucket.Of(rate, burst, 1500);

        bucket.Rate.Should().Be(bytesPerSecond);
        bucket.Burst.Should().Be(size);
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(1UL << 59, 1L << 62)]
    [InlineData(1UL << 60, long.MaxValue)]
    [InlineData(ulong.MaxValue, long.MaxValue)]
    public void A_bucket_s_rate_in_bits_is_the_greatest_number_where_it_is_more(ulong bytesPerSecond, long rate) =>
        TokenBucket.RateOf(TokenBucket.Any with { Rate = bytesPerSecond }).Should().Be(rate);

    [Fact]
    public void A_bucket_never_drops_a_packet_for_its_size_nor_a_burst_for_want_of_room() =>
        Gen.Select(Gen.Long[1, long.MaxValue], Gen.Long[1, uint.MaxValue].Nullable(), Gen.Int[68, 65_535]).Sample((rate, burst, mtu) =>
        {
            TokenBucketKind bucket = TokenBucket.Of(rate, burst, mtu);

            bucket.Burst.Should().BeGreaterThanOrEqualTo((uint)mtu + 14);
            bucket.Limit.Should().BeGreaterThanOrEqualTo(bucket.Burst);
            ((decimal)bucket.Rate * 8).Should().BeInRange(rate, rate + 7m);
        });
}
