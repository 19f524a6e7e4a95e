using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BridgeNet;

/// <summary>Where a driver works.</summary>
public sealed record BridgeDriverOptions
{
    /// <summary>The usual state directory. It is on tmpfs, and so goes with the reboot that takes the kernel's objects too.</summary>
    public const string DefaultStateDirectory = "/run/bridgenet";

    /// <summary>The namespace that plays the host; null for the calling thread's. The driver opens sockets there and does not dispose it.</summary>
    public NetworkNamespace? HostNamespace { get; set; }

    /// <summary>Where networks and endpoints are remembered. Drivers that name the same directory, in one process or many, see the same.</summary>
    public string StateDirectory { get; set; } = DefaultStateDirectory;

    /// <summary>Gets what cannot be thrown, such as a lease that could not be taken down when it was disposed.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;
}
