namespace BridgeNet.Runtimes.Oci;

/// <summary>The part of a container's config.json that names its network namespace.</summary>
internal sealed record OciContainer
{
    /// <summary>The key <c>linux</c>.</summary>
    public OciLinux? Linux { get; init; }

    /// <summary>Whether the runtime creates a network namespace for it; an existing namespace is left to its owner.</summary>
    public bool HasNetworkOfItsOwn =>
        Linux?.Namespaces?.FirstOrDefault(one => one.Type is "network") is { } network && string.IsNullOrEmpty(network.Path);
}
