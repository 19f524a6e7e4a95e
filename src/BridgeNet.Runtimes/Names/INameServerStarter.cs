namespace BridgeNet.Runtimes.Names;

/// <summary>Starts the binary's own name server; the library itself starts no process.</summary>
internal interface INameServerStarter
{
    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="directory">The directory of names.</param>
    /// <param name="error">What it printed if it did not come up.</param>
    /// <returns>Whether it came up.</returns>
    bool TryStart(string directory, out string error);
}
