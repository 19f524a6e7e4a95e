using System.Net.Sockets;

using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Describes endpoints for people.</summary>
internal static class EndpointDescription
{
    /// <summary>Describes a committed endpoint.</summary>
    public static Endpoint ToEndpoint(this EndpointState endpoint) => new()
    {
        Id = endpoint.Id,
        Name = endpoint.Name,
        Aliases = endpoint.Aliases,
        NameServers = endpoint.NameServers,
        NetworkName = endpoint.Network,
        SandboxPath = endpoint.SandboxPath,
        InterfaceName = endpoint.InterfaceName,
        HostInterfaceName = endpoint.HostInterface,
        MacAddress = endpoint.MacAddress,
        IPv4Address = endpoint.AddressOf(AddressFamily.InterNetwork),
        IPv6Address = endpoint.AddressOf(AddressFamily.InterNetworkV6),
        IPv4Gateway = endpoint.GatewayOf(AddressFamily.InterNetwork),
        IPv6Gateway = endpoint.GatewayOf(AddressFamily.InterNetworkV6),
        GatewayPriority = endpoint.GatewayPriority,
        Bandwidth = endpoint.Bandwidth,
        Ports = endpoint.Ports,
        IsKept = endpoint.Owner is null,
    };
}
