namespace BridgeNet.Netlink.Route;

/// <summary>What a rule does, as in include/uapi/linux/fib_rules.h.</summary>
internal static class FibRuleAction
{
    /// <summary>FR_ACT_TO_TBL: looks the route up in its table.</summary>
    public const byte ToTable = 1;
}
