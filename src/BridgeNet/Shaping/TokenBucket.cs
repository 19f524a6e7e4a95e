using BridgeNet.Netlink.Route;

namespace BridgeNet.Shaping;

/// <summary>The arithmetic of a limit: the kernel's token bucket (tbf) for a rate and a burst.</summary>
internal static class TokenBucket
{
    private const int BitsPerByte = 8;

    /// <summary>The default burst is the rate in this part of a second.</summary>
    private const int BurstsPerSecond = 10;

    /// <summary>The default burst has at least this many packets, or a slow link would stutter.</summary>
    private const int LeastPackets = 10;

    /// <summary>The longest wait behind a burst, as a part of a second: longer queues only add delay.</summary>
    private const int DelaysPerSecond = 20;

    /// <summary>An Ethernet header with a VLAN tag, in bytes.</summary>
    private const int EthernetHeader = 18;

    /// <summary>A bucket to name in a deletion.</summary>
    public static TokenBucketKind Any { get; } = new() { Rate = 1, Burst = 1, Limit = 1 };

    /// <summary>The bucket.</summary>
    /// <param name="rate">Bits per second, more than 0.</param>
    /// <param name="burst">Bytes, 1 to 4,294,967,295; null for the default.</param>
    /// <param name="mtu">The link's MTU in bytes: a bucket smaller than a packet would drop it.</param>
    public static TokenBucketKind Of(long rate, long? burst, int mtu)
    {
        long packet = mtu + EthernetHeader;
        long bytesPerSecond = (rate / BitsPerByte) + (rate % BitsPerByte == 0 ? 0 : 1);
        long size = Math.Max(burst ?? Math.Max(bytesPerSecond / BurstsPerSecond, LeastPackets * packet), packet);
        return new TokenBucketKind
        {
            Rate = (ulong)bytesPerSecond,
            Burst = Fit(size),
            Limit = Fit(size + Math.Max(bytesPerSecond / DelaysPerSecond, packet)),
        };
    }

    /// <summary>The rate of a bucket, in bits per second; the greatest number for more.</summary>
    public static long? RateOf(TokenBucketKind? bucket) =>
        bucket is null ? null : bucket.Rate > long.MaxValue / BitsPerByte ? long.MaxValue : (long)bucket.Rate * BitsPerByte;


    private static uint Fit(long bytes) => (uint)Math.Min(bytes, uint.MaxValue);
}
