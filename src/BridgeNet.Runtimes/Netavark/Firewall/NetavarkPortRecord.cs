using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>What netavark remembers of a container on a network: <c>firewall/ports/NETWORK_CONTAINER</c>.</summary>
internal sealed record NetavarkPortRecord
{
    /// <summary>The container's id.</summary>
    public required string ContainerId { get; init; }

    /// <summary>The network's id.</summary>
    public required string NetworkId { get; init; }

    /// <summary>The network's name.</summary>
    public required string NetworkName { get; init; }

    /// <summary>The first 13 digits of the name's SHA-512.</summary>
    public required string NetworkHash { get; init; }

    /// <summary>The published ports; null if none were mentioned.</summary>
    public ValueList<NetavarkPortMapping>? Mappings { get; init; }

    /// <summary>The container's IPv4 address; null for none.</summary>
    public IPAddress? Address4 { get; init; }

    /// <summary>Its subnet.</summary>
    public IPNetwork? Subnet4 { get; init; }

    /// <summary>The container's IPv6 address; null for none.</summary>
    public IPAddress? Address6 { get; init; }

    /// <summary>Its subnet.</summary>
    public IPNetwork? Subnet6 { get; init; }

    /// <summary>Where the network's name server listens.</summary>
    public ushort DnsPort { get; init; }

    /// <summary>At which addresses it listens: the gateways.</summary>
    public ValueList<IPAddress> DnsServers { get; init; }
}
