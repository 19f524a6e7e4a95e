namespace BridgeNet.Runtimes.Oci;

/// <summary>Of a container's config.json, what says whose network it has.</summary>
internal sealed record OciContainer
{
    /// <summary>What is of Linux alone.</summary>
    public OciLinux? Linux { get; init; }

    /// <summary>Whether the runtime makes a network namespace for it: one that is there already is somebody else's affair.</summary>
    public bool HasNetworkOfItsOwn =>
        Linux?.Namespaces?.FirstOrDefault(one => one.Type is "network") is { } network && string.IsNullOrEmpty(network.Path);
}
