namespace BridgeNet.Netlink.Netfilter;

/// <summary>What tables of iptables and of ip6tables have alike.</summary>
internal static class XtTable
{
    /// <summary>offsetof(struct ipt_getinfo, valid_hooks), u32: a bit for each hook of NF_INET_….</summary>
    public const int ValidHooks = 32;

    /// <summary>offsetof(struct ipt_getinfo, hook_entry), u32 for each hook: where its chain begins.</summary>
    public const int HookEntries = 36;

    /// <summary>offsetof(struct ipt_getinfo, underflow), u32 for each hook: the entry of its policy.</summary>
    public const int Underflows = 56;

    /// <summary>NF_INET_NUMHOOKS, how many hooks there are.</summary>
    public const int Hooks = 5;

    /// <summary>IPT_INV_VIA_IN, a flag: any input interface but that; IP6T_INV_VIA_IN is the same.</summary>
    public const byte InvertInput = 1;

    /// <summary>IPT_INV_VIA_OUT, a flag: any output interface but that; IP6T_INV_VIA_OUT is the same.</summary>
    public const byte InvertOutput = 2;

    /// <summary>sizeof(struct xt_entry_match), and of a target: a length, a name, a revision; what it was told follows.</summary>
    public const int ExtensionHeader = 32;

    /// <summary>offsetof(struct xt_entry_match, u.user.name), and of a target.</summary>
    public const int ExtensionName = 2;

    /// <summary>XT_EXTENSION_MAXNAMELEN, bytes of an extension's name and the NUL.</summary>
    public const int ExtensionNameLength = 29;

    /// <summary>offsetof(struct xt_entry_match, u.user.revision), u8, and of a target.</summary>
    public const int ExtensionRevision = 31;

    /// <summary>XT_RETURN, a verdict: back to where the chain was entered.</summary>
    public const int Return = -5;

    /// <summary>The target that begins a chain and bears its name, and that ends the table.</summary>
    public const string ErrorTarget = "ERROR";
}
