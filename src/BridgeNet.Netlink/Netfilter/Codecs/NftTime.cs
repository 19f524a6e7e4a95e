using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Times on the wire: milliseconds, u64.</summary>
internal static class NftTime
{
    private const ulong MaxMilliseconds = (ulong)(long.MaxValue / TimeSpan.TicksPerMillisecond);

    /// <summary>A time, if there is one, rounded down to milliseconds.</summary>
    public static void Write(NetlinkWriter writer, ushort type, TimeSpan? time)
    {
        if (time is { } value)
        {
            writer.WriteUInt64BigEndian(type, (ulong)(value.Ticks / TimeSpan.TicksPerMillisecond));
        }
    }

    /// <summary>A time.</summary>
    /// <exception cref="NetlinkFormatException">It is longer than 29,000 years.</exception>
    public static TimeSpan Read(AttributeReader attribute)
    {
        ulong milliseconds = attribute.ReadUInt64BigEndian();
        return milliseconds <= MaxMilliseconds
            ? TimeSpan.FromTicks((long)milliseconds * TimeSpan.TicksPerMillisecond)
            : throw new NetlinkFormatException($"attribute {attribute.Type}: {milliseconds} ms is no time");
    }
}
