namespace BridgeNet.Runtimes.Cni;

/// <summary>The capability dns, whose keys are not those of a result.</summary>
internal sealed record CniRuntimeDns
{
    /// <summary>Name servers.</summary>
    public IReadOnlyList<string>? Servers { get; init; }

    /// <summary>Search domains.</summary>
    public IReadOnlyList<string>? Searches { get; init; }

    /// <summary>Options of the resolver.</summary>
    public IReadOnlyList<string>? Options { get; init; }
}
