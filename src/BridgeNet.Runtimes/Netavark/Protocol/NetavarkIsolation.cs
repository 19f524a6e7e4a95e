namespace BridgeNet.Runtimes.Netavark;

/// <summary>Which other networks a network's packets reach. The names are those of netavark's state files.</summary>
internal enum NetavarkIsolation
{
    /// <summary>All that are not isolated.</summary>
    Never,

    /// <summary>All that are not isolated, and none of those reaches it.</summary>
    Normal,

    /// <summary>None.</summary>
    Strict,
}
