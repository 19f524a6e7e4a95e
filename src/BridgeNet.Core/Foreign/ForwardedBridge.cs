using BridgeNet.Netlink;

namespace BridgeNet.Core.Foreign;

/// <summary>A bridge whose containers need forwarding.</summary>
/// <param name="Device">Its name.</param>
internal sealed record ForwardedBridge(InterfaceName Device)
{
    /// <summary>Its index, which a few rules match; null before the bridge exists.</summary>
    public int? Index { get; init; }

    /// <summary>Whether the network has IPv4, so that rules for it count.</summary>
    public bool HasIPv4 { get; init; } = true;

    /// <summary>Whether its containers have nothing to forward but what they send each other.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Whether the network has IPv6.</summary>
    public bool HasIPv6 { get; init; }

    /// <summary>The host's interface to the world, by which the containers' connections leave; null if there is none.</summary>
    public InterfaceName? Egress { get; init; }
}
