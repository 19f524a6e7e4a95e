namespace BridgeNet.Netlink.Wire;

/// <summary>
/// Writers for requests that are written while their socket asks other things. A few are kept for the next one, with the buffers that they grew,
/// so that a warm process allocates none.
/// </summary>
internal static class RequestWriters
{
    /// <summary>The longest buffer that is kept: one that grew for a whole ruleset would stay in memory for requests of some hundred bytes.</summary>
    public const int LongestKept = 64 * 1024;

    private const int Kept = 4;

    private static readonly NetlinkWriter?[] s_spare = new NetlinkWriter?[Kept];

    /// <summary>One of them, empty.</summary>
    public static NetlinkWriter Rent()
    {
        for (int i = 0; i < Kept; i++)
        {
            if (Interlocked.Exchange(ref s_spare[i], null) is { } spare)
            {
                spare.Reset();
                return spare;
            }
        }
        return new NetlinkWriter();
    }

    /// <summary>Gives one back, which nobody may use any more.</summary>
    public static void Return(NetlinkWriter writer)
    {
        for (int i = 0; i < Kept && writer.Capacity <= LongestKept; i++)
        {
            if (Interlocked.CompareExchange(ref s_spare[i], writer, null) is null)
            {
                return;
            }
        }
    }
}
