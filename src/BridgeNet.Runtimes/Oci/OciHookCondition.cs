namespace BridgeNet.Runtimes.Oci;

/// <summary>Which containers get a hook.</summary>
/// <param name="Annotations">Regular expressions of annotations' names and values, any of which is to match.</param>
public sealed record OciHookCondition(IReadOnlyDictionary<string, string> Annotations);
