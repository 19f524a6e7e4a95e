namespace BridgeNet.Netlink.Netfilter;

/// <summary>The levels of the kernel's log.</summary>
public enum LogLevel : uint
{
    /// <summary>NFT_LOGLEVEL_EMERG: system is unusable.</summary>
    Emergency = 0,

    /// <summary>NFT_LOGLEVEL_ALERT: act at once.</summary>
    Alert = 1,

    /// <summary>NFT_LOGLEVEL_CRIT: critical.</summary>
    Critical = 2,

    /// <summary>NFT_LOGLEVEL_ERR: error.</summary>
    Error = 3,

    /// <summary>NFT_LOGLEVEL_WARNING: warning, nft's default.</summary>
    Warning = 4,

    /// <summary>NFT_LOGLEVEL_NOTICE: normal but significant.</summary>
    Notice = 5,

    /// <summary>NFT_LOGLEVEL_INFO: informational.</summary>
    Information = 6,

    /// <summary>NFT_LOGLEVEL_DEBUG: debugging.</summary>
    Debug = 7,

    /// <summary>NFT_LOGLEVEL_AUDIT: to the audit system.</summary>
    Audit = 8,
}
