using BridgeNet.Netlink;

namespace BridgeNet.Core.Foreign;

/// <summary>The bridge whose packets are to pass.</summary>
/// <param name="Device">Its name.</param>
internal sealed record ForwardedBridge(InterfaceName Device)
{
    /// <summary>Its index, by which a few rules know it; null if it is not there yet.</summary>
    public int? Index { get; init; }

    /// <summary>Whether the network has IPv4, so that rules for it matter.</summary>
    public bool HasIPv4 { get; init; } = true;

    /// <summary>Whether the network has IPv6.</summary>
    public bool HasIPv6 { get; init; }

    /// <summary>The host's interface that leads to the world, by which the containers' connections leave; null if there is none.</summary>
    public InterfaceName? Egress { get; init; }
}
