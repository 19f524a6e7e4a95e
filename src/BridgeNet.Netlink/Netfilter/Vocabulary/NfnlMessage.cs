namespace BridgeNet.Netlink.Netfilter;

/// <summary>The messages and subsystems of nfnetlink, as in include/uapi/linux/netfilter/nfnetlink.h.</summary>
internal static class NfnlMessage
{
    /// <summary>NFNL_MSG_BATCH_BEGIN: a transaction begins.</summary>
    public const ushort BatchBegin = 16;

    /// <summary>NFNL_MSG_BATCH_END: a transaction ends and is committed.</summary>
    public const ushort BatchEnd = 17;

    /// <summary>NFNL_SUBSYS_CTNETLINK: the high byte of the types of connection tracking.</summary>
    public const ushort ConntrackSubsystem = 1;

    /// <summary>NFNL_SUBSYS_NFTABLES: the high byte of the types of nf_tables.</summary>
    public const ushort TablesSubsystem = 10;
}
