namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of a rule that chooses a routing table, as in include/uapi/linux/fib_rules.h.</summary>
internal static class Fra
{
    /// <summary>FRA_DST, 4 or 16 bytes: the destination; absent for any.</summary>
    public const ushort Destination = 1;

    /// <summary>FRA_SRC, 4 or 16 bytes: the source; absent for any.</summary>
    public const ushort Source = 2;

    /// <summary>FRA_PRIORITY, u32: the rule's place, the lowest first.</summary>
    public const ushort Priority = 6;

    /// <summary>FRA_SUPPRESS_PREFIXLEN, u32: routes whose prefix is not longer than that are left to the next rule.</summary>
    public const ushort SuppressPrefixLength = 14;

    /// <summary>FRA_TABLE, u32: the table.</summary>
    public const ushort Table = 15;
}
