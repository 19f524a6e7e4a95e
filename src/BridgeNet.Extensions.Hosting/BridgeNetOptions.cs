namespace BridgeNet.Extensions.Hosting;

/// <summary>How a host has its driver. Each property is a key of the configuration section, networks have one each under <c>Networks</c>.</summary>
public sealed class BridgeNetOptions
{
    /// <summary>Where networks and endpoints are remembered (<see cref="BridgeDriverOptions.StateDirectory"/>); by default /run/bridgenet.</summary>
    public string StateDirectory { get; set; } = BridgeDriverOptions.DefaultStateDirectory;

    /// <summary>
    /// The network namespace that plays the host: a path, a name of <c>ip netns</c> or the number of a process; null for the process's own.
    /// </summary>
    public string? HostNamespace { get; set; }

    /// <summary>
    /// Whether networks, endpoints and packet rules are watched and repaired while the host runs (<see cref="BridgeDriver.WatchAsync"/>); by default
    /// yes.
    /// </summary>
    public bool Watch { get; set; } = true;

    /// <summary>
    /// Whether the host answers containers' questions for names (<see cref="BridgeDriver.ServeNames"/>); by default no. One process does that for a
    /// state directory.
    /// </summary>
    public bool ServeNames { get; set; }

    /// <summary>The networks that are ensured when the host starts, in this order. Those that are taken off the list stay as they are.</summary>
    public IList<NetworkDefinition> Networks { get; } = [];

    /// <summary>What of the configuration could not be read, a line each, which begins with the key.</summary>
    internal List<string> Faults { get; } = [];
}
