namespace BridgeNet.Runtimes.Oci;

/// <summary>The program of a hook.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Args">Its name and arguments.</param>
public sealed record OciHookProgram(string Path, IReadOnlyList<string> Args);
