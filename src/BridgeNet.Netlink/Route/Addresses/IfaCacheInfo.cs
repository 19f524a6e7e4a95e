using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct ifa_cacheinfo: how long an address lives.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IfaCacheInfo
{
    /// <summary>The value that means for ever: INFINITY_LIFE_TIME.</summary>
    private const uint Forever = 0xffff_ffff;

    /// <summary>ifa_prefered, u32: seconds until no new connection uses it.</summary>
    public uint Preferred;

    /// <summary>ifa_valid, u32: seconds until it is removed.</summary>
    public uint Valid;

    /// <summary>cstamp, u32: when it was added, in 1/100 s since the system started.</summary>
    public uint Created;

    /// <summary>tstamp, u32: when it was changed last, in 1/100 s since the system started.</summary>
    public uint Updated;

    /// <summary>Whole seconds from a time; null means for ever.</summary>
    /// <exception cref="NetlinkFormatException">Negative, or 136 years and more.</exception>
    public static uint FromTime(TimeSpan? time) => time switch
    {
        null => Forever,
        { } t when t >= TimeSpan.Zero && t.TotalSeconds < Forever => (uint)t.TotalSeconds,
        { } t => throw new NetlinkFormatException($"{t} is no lifetime that a u32 of seconds holds"),
    };

    /// <summary>A time from whole seconds.</summary>
    public static TimeSpan? ToTime(uint seconds) => seconds is Forever ? null : TimeSpan.FromTicks(seconds * TimeSpan.TicksPerSecond);
}
