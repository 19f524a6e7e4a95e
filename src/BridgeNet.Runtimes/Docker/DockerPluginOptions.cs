using System.Net.Sockets;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BridgeNet.Runtimes.Docker;

/// <summary>How the driver serves Docker as a plugin.</summary>
public sealed record DockerPluginOptions
{
    /// <summary>Where Docker looks for a plugin that is called bridgenet.</summary>
    public const string DefaultSocketPath = "/run/docker/plugins/bridgenet.sock";

    /// <summary>The socket that is made, for root alone. Its file's name is what Docker's users call the driver.</summary>
    public string SocketPath { get; init; } = DefaultSocketPath;

    /// <summary>A socket that listens already, as systemd hands one over; then <see cref="SocketPath"/> has no effect.</summary>
    public Socket? Listener { get; init; }

    /// <summary>The driver's host namespace; null for the caller's own.</summary>
    public NetworkNamespace? HostNamespace { get; init; }

    /// <summary>
    /// How long an endpoint's interface may wait on the host until Docker moves it into a container. One that waits longer is removed: Docker, or the
    /// plugin, died in between, and nobody will ask for it any more. Addresses that wait longer for their endpoint are given to others.
    /// </summary>
    public TimeSpan MostWaiting { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets a line for each request that was refused, and each repair that changed something.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
