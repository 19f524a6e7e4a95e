using System.Net;

using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Between an endpoint as people see it and as it stands on disk.</summary>
internal static class EndpointMapping
{
    public static Endpoint ToEndpoint(this EndpointRecord record) => new()
    {
        Id = record.Id,
        Name = record.Name,
        NetworkName = record.Network,
        SandboxPath = record.Sandbox,
        InterfaceName = InterfaceName.Parse(record.InterfaceName),
        HostInterfaceName = InterfaceName.Parse(record.HostInterface),
        MacAddress = MacAddress.Parse(record.MacAddress),
        IPv4Address = InterfaceAddress.Parse(record.Address),
        Gateway = IPAddress.Parse(record.Gateway),
        Ports = ValueList.From(record.Ports.Select(ToPort)),
        IsKept = record.Owner is null,
    };

    public static PublishedPort ToPort(this PortRecord record) => new(
        record.HostAddress is null ? null : IPAddress.Parse(record.HostAddress),
        record.HostPort,
        record.ContainerPort,
        PublishedPort.ParseProtocol(record.Protocol));

    public static PortRecord ToRecord(this PublishedPort port) =>
        new(port.HostAddress?.ToString(), port.HostPort, port.ContainerPort, PublishedPort.NameOf(port.Protocol));

    /// <summary>The container's address without its prefix.</summary>
    public static IPAddress ContainerAddress(this EndpointRecord record) => InterfaceAddress.Parse(record.Address).Address;
}
