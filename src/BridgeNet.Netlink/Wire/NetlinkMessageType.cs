namespace BridgeNet.Netlink.Wire;

/// <summary>The message types that every netlink family has, below those of its own.</summary>
internal static class NetlinkMessageType
{
    /// <summary>NLMSG_NOOP: to be skipped.</summary>
    public const ushort Noop = 1;

    /// <summary>NLMSG_ERROR: an error, or with error 0 an acknowledgement.</summary>
    public const ushort Error = 2;

    /// <summary>NLMSG_DONE: the end of a dump.</summary>
    public const ushort Done = 3;

    /// <summary>NLMSG_OVERRUN: data was lost.</summary>
    public const ushort Overrun = 4;
}
