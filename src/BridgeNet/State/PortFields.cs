using System.Net;

using BridgeNet.Netlink;

using static BridgeNet.State.FieldPresence;

namespace BridgeNet.State;

/// <summary>A published port in an endpoint's record, a row for each member.</summary>
internal static class PortFields
{
    /// <summary>A published port.</summary>
    public static RecordFields<PublishedPort> All { get; } = new(
        static () => new PublishedPort(IPAddress.Any, 0, 0, TransportProtocol.Tcp),
        [
            new RecordField<PublishedPort, IPAddress>("hostAddress", Required, JsonForms.Address,
                port => port.HostAddress, (ref port, value) => port = port with { HostAddress = value }),
            new RecordField<PublishedPort, int>("hostPort", Defaulted, JsonForms.NumberFrom(0, ushort.MaxValue),
                port => port.HostPort, (ref port, value) => port = port with { HostPort = value }),
            new RecordField<PublishedPort, int>("containerPort", Required, JsonForms.NumberFrom(1, ushort.MaxValue),
                port => port.ContainerPort, (ref port, value) => port = port with { ContainerPort = value }),
            new RecordField<PublishedPort, TransportProtocol>("protocol", Required, JsonForms.Protocol,
                port => port.Protocol, (ref port, value) => port = port with { Protocol = value }),
            new RecordField<PublishedPort, ValueList<IPNetwork>>("sources", Optional, JsonForms.ListOf(JsonForms.Subnet),
                port => port.Sources, (ref port, value) => port = port with { Sources = value }),
            new RecordField<PublishedPort, int?>("count", Optional, JsonForms.OptionalNumberFrom(1, ushort.MaxValue),
                port => port.Count == 1 ? null : port.Count, (ref port, value) => port = port with { Count = value ?? 1 }),
        ]);
}
