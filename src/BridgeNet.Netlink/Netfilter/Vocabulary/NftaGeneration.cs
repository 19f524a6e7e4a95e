namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the ruleset's generation.</summary>
internal static class NftaGeneration
{
    /// <summary>NFTA_GEN_ID, u32: its number; every transaction makes the next.</summary>
    public const ushort Id = 1;

    /// <summary>NFTA_GEN_PROC_PID, u32: the process that made it.</summary>
    public const ushort ProcessId = 2;

    /// <summary>NFTA_GEN_PROC_NAME, string: that process's name.</summary>
    public const ushort ProcessName = 3;
}
