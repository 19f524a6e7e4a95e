namespace BridgeNet.Architecture;

/// <summary>A method or constructor of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Line">The line on which it begins, after its attributes; the first is 1.</param>
/// <param name="Lines">How many lines it has, from its first word to its last brace or semicolon.</param>
internal sealed record ScannedMethod(string Name, int Line, int Lines);
