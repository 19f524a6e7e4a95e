namespace BridgeNet.Netlink.Netfilter;

/// <summary>The struct of iptables' extension "conntrack", revisions 2 and 3, as far as it speaks of states.</summary>
public static class XtConntrack
{
    /// <summary>offsetof(struct xt_conntrack_mtinfo3, match_flags), u16: what is compared.</summary>
    public const int MatchFlags = 146;

    /// <summary>offsetof(struct xt_conntrack_mtinfo3, invert_flags), u16: which comparisons are turned round.</summary>
    public const int InvertFlags = 148;

    /// <summary>offsetof(struct xt_conntrack_mtinfo3, state_mask), u16: the states.</summary>
    public const int StateMask = 150;

    /// <summary>XT_CONNTRACK_STATE, a flag: the state is compared.</summary>
    public const ushort State = 1;

    /// <summary>XT_CONNTRACK_STATE_DNAT, a state beside those of <see cref="CtStateFlags"/>: the destination is translated.</summary>
    public const ushort DestinationNat = 0x80;
}
