namespace BridgeNet.Runtimes.Netavark;

/// <summary>Starts the name server that Podman names; the library itself starts no process.</summary>
internal interface INameServerProcess
{
    /// <summary>Starts it and waits until it says that it serves: its first process ends then.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="scope">The program systemd-run, if systemd is to give it a scope of its own; else null.</param>
    /// <param name="error">What it printed if it did not come up.</param>
    /// <returns>Whether it came up.</returns>
    /// <exception cref="IOException">It cannot be started.</exception>
    bool Start(string path, IReadOnlyList<string> arguments, string? scope, out string error);
}
