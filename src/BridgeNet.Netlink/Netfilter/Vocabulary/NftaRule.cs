namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a rule.</summary>
internal static class NftaRule
{
    /// <summary>NFTA_RULE_TABLE, string: its table.</summary>
    public const ushort Table = 1;

    /// <summary>NFTA_RULE_CHAIN, string: its chain.</summary>
    public const ushort Chain = 2;

    /// <summary>NFTA_RULE_HANDLE, u64: the number that the kernel gave it.</summary>
    public const ushort Handle = 3;

    /// <summary>NFTA_RULE_EXPRESSIONS, nest of NFTA_LIST_ELEM: what it does.</summary>
    public const ushort Expressions = 4;

    /// <summary>NFTA_RULE_COMPAT, nest of NFTA_RULE_COMPAT_…: what iptables' extensions ask of the rule around them.</summary>
    public const ushort Compat = 5;

    /// <summary>NFTA_RULE_COMPAT_PROTO, u32, inside NFTA_RULE_COMPAT: the transport protocol.</summary>
    public const ushort CompatProtocol = 1;

    /// <summary>NFTA_RULE_COMPAT_FLAGS, u32, inside NFTA_RULE_COMPAT: whether it is inverted.</summary>
    public const ushort CompatFlags = 2;

    /// <summary>NFTA_RULE_POSITION, u64: the handle of the rule that it follows.</summary>
    public const ushort Position = 6;

    /// <summary>NFTA_RULE_USERDATA, binary: what the creator noted on it.</summary>
    public const ushort UserData = 7;
}
