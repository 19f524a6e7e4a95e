namespace BridgeNet.Runtimes.Netavark;

/// <summary>Starts the name server that Podman names; the library itself starts no process. Its end ends what was begun and not started.</summary>
internal interface INameServerProcess : IDisposable
{
    /// <summary>Begins to start it, where that can be: a start that follows takes less time.</summary>
    /// <param name="server">The server.</param>
    void Begin(NameServerCommand server);

    /// <summary>Starts it and waits until it says that it serves: its first process ends then.</summary>
    /// <param name="server">The server.</param>
    /// <param name="error">What it printed if it did not come up.</param>
    /// <returns>Whether it came up.</returns>
    /// <exception cref="IOException">It cannot be started.</exception>
    bool Start(NameServerCommand server, out string error);
}
