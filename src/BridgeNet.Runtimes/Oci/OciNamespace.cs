namespace BridgeNet.Runtimes.Oci;

/// <summary>A namespace of a container.</summary>
/// <param name="Type">network, mount, pid, ….</param>
/// <param name="Path">Of one that is there already; null or empty for a new one.</param>
internal sealed record OciNamespace(string? Type, string? Path);
