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

    /// <summary>The container's address.</summary>
    public required InterfaceAddress IPv4Address { get; init; }

    /// <summary>The next hop of its default route: the bridge's address.</summary>
    public required IPAddress Gateway { get; init; }

    /// <summary>What the host publishes of it.</summary>
    public required ValueList<PublishedPort> Ports { get; init; }

    /// <summary>Whether it outlives the process that attached it.</summary>
    public required bool IsKept { get; init; }
}
