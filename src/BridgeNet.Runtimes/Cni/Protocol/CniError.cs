namespace BridgeNet.Runtimes.Cni;

/// <summary>An error as a plugin prints it.</summary>
internal sealed record CniError
{
    /// <summary>The version of the configuration.</summary>
    public string? CniVersion { get; init; }

    /// <summary>What kind of error it is; see <see cref="CniErrorCode"/>.</summary>
    public int Code { get; init; }

    /// <summary>What happened.</summary>
    public string? Msg { get; init; }

    /// <summary>What else is to be said.</summary>
    public string? Details { get; init; }
}
