namespace BridgeNet.Netlink.Netfilter;

/// <summary>An entry of a table of iptables.</summary>
internal static class IptEntry
{
    /// <summary>offsetof(struct ipt_entry, ip.smsk): the masks of the source, then of the destination.</summary>
    public const int Masks = 8;

    /// <summary>offsetof(struct ipt_entry, ip.iniface), 16 bytes: a name.</summary>
    public const int InputInterface = 16;

    /// <summary>offsetof(struct ipt_entry, ip.outiface), 16 bytes: a name.</summary>
    public const int OutputInterface = 32;

    /// <summary>offsetof(struct ipt_entry, ip.iniface_mask), 16 bytes: which of the name count.</summary>
    public const int InputMask = 48;

    /// <summary>offsetof(struct ipt_entry, ip.outiface_mask), 16 bytes: which of the name count.</summary>
    public const int OutputMask = 64;

    /// <summary>offsetof(struct ipt_entry, ip.proto), u16: a transport protocol, 0 is any.</summary>
    public const int Protocol = 80;

    /// <summary>offsetof(struct ipt_entry, ip.flags), u8.</summary>
    public const int Flags = 82;

    /// <summary>offsetof(struct ipt_entry, ip.invflags), u8: which comparisons are turned round.</summary>
    public const int InvertFlags = 83;

    /// <summary>offsetof(struct ipt_entry, target_offset), u16: where the target begins, counted from the entry.</summary>
    public const int TargetOffset = 88;

    /// <summary>offsetof(struct ipt_entry, next_offset), u16: where the next entry begins, counted from this one.</summary>
    public const int NextOffset = 90;

    /// <summary>sizeof(struct ipt_entry): where the matches begin.</summary>
    public const int Length = 112;

    /// <summary>IPT_F_GOTO, a flag: the target is gone to, not jumped to.</summary>
    public const byte GotoFlag = 2;
}
