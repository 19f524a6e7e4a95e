namespace BridgeNet.Netlink.Netfilter;

/// <summary>The keys of a route lookup.</summary>
[Flags]
public enum FibFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>NFTA_FIB_F_SADDR: the source address.</summary>
    Source = 0x1,

    /// <summary>NFTA_FIB_F_DADDR: the destination address.</summary>
    Destination = 0x2,

    /// <summary>NFTA_FIB_F_MARK: by the mark.</summary>
    Mark = 0x4,

    /// <summary>NFTA_FIB_F_IIF: by the input interface.</summary>
    InputInterface = 0x8,

    /// <summary>NFTA_FIB_F_OIF: by the output interface.</summary>
    OutputInterface = 0x10,

    /// <summary>NFTA_FIB_F_PRESENT: only whether there is one.</summary>
    Present = 0x20,
}
