using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>A container's place on a network. A description: it owns nothing, see <see cref="EndpointLease"/>.</summary>
public sealed record Endpoint
{
    /// <summary>Twelve hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The name by which people call it; the id if it was given none.</summary>
    public required string Name { get; init; }

    /// <summary>The network's name.</summary>
    public required string NetworkName { get; init; }

    /// <summary>A path of the container's network namespace.</summary>
    public required string SandboxPath { get; init; }

    /// <summary>The interface in the container.</summary>
    public required InterfaceName InterfaceName { get; init; }

    /// <summary>The interface's other end, on the host's bridge.</summary>
    public required InterfaceName HostInterfaceName { get; init; }

    /// <summary>The container end's Ethernet address.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>The container's IPv4 address; null on a network without IPv4.</summary>
    public InterfaceAddress? IPv4Address { get; init; }

    /// <summary>The container's IPv6 address; null on a network without IPv6.</summary>
    public InterfaceAddress? IPv6Address { get; init; }

    /// <summary>The next hop of its IPv4 default route; null if it has none.</summary>
    public IPAddress? IPv4Gateway { get; init; }

    /// <summary>The next hop of its IPv6 default route; null if it has none.</summary>
    public IPAddress? IPv6Gateway { get; init; }

    /// <summary>Which network is the way out of a container on several: the highest.</summary>
    public int GatewayPriority { get; init; }

    /// <summary>How fast it may send and receive; null for as fast as it can.</summary>
    public Bandwidth? Bandwidth { get; init; }

    /// <summary>What the host publishes of it.</summary>
    public required ValueList<PublishedPort> Ports { get; init; }

    /// <summary>Whether it outlives the process that attached it.</summary>
    public required bool IsKept { get; init; }
}
