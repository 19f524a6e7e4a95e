namespace BridgeNet.Runtimes.Cni;

/// <summary>The codes of errors: those of the CNI specification, section 2, and two that its library has beside them.</summary>
internal enum CniErrorCode
{
    /// <summary>The configuration is of a version that the plugin does not speak.</summary>
    IncompatibleVersion = 1,

    /// <summary>A key or value that the plugin does not support.</summary>
    UnsupportedField = 2,

    /// <summary>A container that is not known.</summary>
    UnknownContainer = 3,

    /// <summary>An environment variable is missing or wrong.</summary>
    InvalidEnvironment = 4,

    /// <summary>Reading or writing failed.</summary>
    InputOutput = 5,

    /// <summary>The input is no JSON, or has another shape than expected.</summary>
    Decoding = 6,

    /// <summary>The configuration is wrong.</summary>
    InvalidConfiguration = 7,

    /// <summary>The network namespace is the host's own; of the library, not the specification.</summary>
    InvalidNamespace = 8,

    /// <summary>A temporary obstacle: the runtime may try again.</summary>
    TryAgainLater = 11,

    /// <summary>STATUS: an ADD cannot be served.</summary>
    NotAvailable = 50,

    /// <summary>STATUS: an ADD cannot be served, and containers that are there may have lost their network.</summary>
    LimitedConnectivity = 51,

    /// <summary>CHECK: what ADD made is not there any more; the plugin's own.</summary>
    NotAsAdded = 100,

    /// <summary>Everything else; of the library, not the specification.</summary>
    Internal = 999,
}
