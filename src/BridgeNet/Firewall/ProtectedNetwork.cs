using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Firewall;

/// <summary>What the packet rules know of a network.</summary>
internal sealed record ProtectedNetwork
{
    /// <summary>Its bridge.</summary>
    public required InterfaceName Device { get; init; }

    /// <summary>Its subnets, of both families.</summary>
    public required ValueList<IPNetwork> Subnets { get; init; }

    /// <summary>How it stands to the world by IPv4.</summary>
    public GatewayMode IPv4Mode { get; init; }

    /// <summary>How it stands to the world by IPv6.</summary>
    public GatewayMode IPv6Mode { get; init; }

    /// <summary>Whether nothing passes between it and anywhere else.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Whether its containers do not talk to each other, but by published ports.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Whether the world outside sees its containers by the host's address.</summary>
    public bool IsMasqueraded { get; init; } = true;

    /// <summary>The one IPv4 address by which the world outside sees its containers; null for that of the interface by which they leave.</summary>
    public IPAddress? IPv4Source { get; init; }

    /// <summary>As <see cref="IPv4Source"/>, of IPv6.</summary>
    public IPAddress? IPv6Source { get; init; }

    /// <summary>The host's interfaces behind which containers may be addressed directly.</summary>
    public ValueList<InterfaceName> TrustedInterfaces { get; init; }

    /// <summary>Its mode of a family.</summary>
    public GatewayMode ModeOf(FamilySets family) => family == FamilySets.V4 ? IPv4Mode : IPv6Mode;

    /// <summary>Its outward address of a family.</summary>
    public IPAddress? SourceOf(FamilySets family) => family == FamilySets.V4 ? IPv4Source : IPv6Source;
}
