using BridgeNet.Netlink;

namespace BridgeNet.Cli.Demo;

/// <summary>What the demo is asked for.</summary>
internal sealed record DemoOptions
{
    /// <summary>The host's port to publish at, if it is free.</summary>
    public required int Port { get; init; }

    /// <summary>The bridge's name; null for docker0, or another name if docker0 is taken.</summary>
    public InterfaceName? Device { get; init; }

    /// <summary>Whether to leave all of it running until Enter or a signal.</summary>
    public bool Keep { get; init; }

    /// <summary>The state directory; null for one of the demo's own.</summary>
    public string? StateDirectory { get; init; }
}
