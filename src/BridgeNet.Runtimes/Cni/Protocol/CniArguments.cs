namespace BridgeNet.Runtimes.Cni;

/// <summary>The key <c>args</c>.</summary>
internal sealed record CniArguments
{
    /// <summary>What is of the protocol's conventions.</summary>
    public CniConventionalArguments? Cni { get; init; }
}
