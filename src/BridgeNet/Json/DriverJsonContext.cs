using System.Text.Json.Serialization;

using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>What <see cref="BridgeNetJson"/> shows of itself, and what that is made of.</summary>
[JsonSerializable(typeof(Endpoint))]
[JsonSerializable(typeof(IReadOnlyList<Endpoint>))]
[JsonSerializable(typeof(EndpointRequest))]
[JsonSerializable(typeof(EndpointStatistics))]
[JsonSerializable(typeof(ForeignForward))]
[JsonSerializable(typeof(InterfaceAddress))]
[JsonSerializable(typeof(InterfaceName))]
[JsonSerializable(typeof(MacAddress))]
[JsonSerializable(typeof(NameStatistics))]
[JsonSerializable(typeof(NetworkDefinition))]
[JsonSerializable(typeof(PortRange))]
[JsonSerializable(typeof(PortSpec))]
[JsonSerializable(typeof(PortStatistics))]
[JsonSerializable(typeof(PublishedPort))]
[JsonSerializable(typeof(RepairFinding))]
[JsonSerializable(typeof(RepairReport))]
[JsonSerializable(typeof(StaticRoute))]
[JsonSerializable(typeof(SubnetDefinition))]
internal sealed partial class DriverJsonContext : JsonSerializerContext;
