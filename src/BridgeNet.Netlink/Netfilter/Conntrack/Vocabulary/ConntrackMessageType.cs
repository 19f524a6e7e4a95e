namespace BridgeNet.Netlink.Netfilter;

/// <summary>The messages of connection tracking: the low byte of nlmsg_type.</summary>
internal static class ConntrackMessageType
{
    /// <summary>IPCTNL_MSG_CT_NEW: make or change an entry.</summary>
    public const byte New = 0;

    /// <summary>IPCTNL_MSG_CT_GET: get entries.</summary>
    public const byte Get = 1;

    /// <summary>IPCTNL_MSG_CT_DELETE: delete an entry, or without a tuple all of them.</summary>
    public const byte Delete = 2;

    /// <summary>IPCTNL_MSG_CT_GET_STATS: how many entries there are.</summary>
    public const byte GetStatistics = 5;
}
