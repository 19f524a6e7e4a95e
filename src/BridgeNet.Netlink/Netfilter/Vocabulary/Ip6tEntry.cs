namespace BridgeNet.Netlink.Netfilter;

/// <summary>An entry of a table of ip6tables.</summary>
internal static class Ip6tEntry
{
    /// <summary>offsetof(struct ip6t_entry, ipv6.smsk): the masks of the source, then of the destination.</summary>
    public const int Masks = 32;

    /// <summary>offsetof(struct ip6t_entry, ipv6.iniface), 16 bytes: a name.</summary>
    public const int InputInterface = 64;

    /// <summary>offsetof(struct ip6t_entry, ipv6.outiface), 16 bytes: a name.</summary>
    public const int OutputInterface = 80;

    /// <summary>offsetof(struct ip6t_entry, ipv6.iniface_mask), 16 bytes: which of the name count.</summary>
    public const int InputMask = 96;

    /// <summary>offsetof(struct ip6t_entry, ipv6.outiface_mask), 16 bytes: which of the name count.</summary>
    public const int OutputMask = 112;

    /// <summary>offsetof(struct ip6t_entry, ipv6.proto), u16: a transport protocol, 0 is any.</summary>
    public const int Protocol = 128;

    /// <summary>offsetof(struct ip6t_entry, ipv6.flags), u8.</summary>
    public const int Flags = 131;

    /// <summary>offsetof(struct ip6t_entry, ipv6.invflags), u8: which comparisons are turned round.</summary>
    public const int InvertFlags = 132;

    /// <summary>offsetof(struct ip6t_entry, target_offset), u16: where the target begins, counted from the entry.</summary>
    public const int TargetOffset = 140;

    /// <summary>offsetof(struct ip6t_entry, next_offset), u16: where the next entry begins, counted from this one.</summary>
    public const int NextOffset = 142;

    /// <summary>sizeof(struct ip6t_entry): where the matches begin.</summary>
    public const int Length = 168;

    /// <summary>IP6T_F_GOTO, a flag: the target is gone to, not jumped to.</summary>
    public const byte GotoFlag = 4;
}
