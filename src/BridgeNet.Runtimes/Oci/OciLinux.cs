namespace BridgeNet.Runtimes.Oci;

/// <summary>The key <c>linux</c> of a config.json.</summary>
internal sealed record OciLinux
{
    /// <summary>The namespaces that the container does not share with the host.</summary>
    public IReadOnlyList<OciNamespace>? Namespaces { get; init; }
}
