using System.Text.Json.Serialization;

using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>An endpoint's counters since it was attached, seen from the container.</summary>
public sealed record EndpointStatistics
{
    /// <summary>Bytes that the container received.</summary>
    public required ulong ReceivedBytes { get; init; }

    /// <summary>Packets that the container received.</summary>
    public required ulong ReceivedPackets { get; init; }

    /// <summary>Packets to the container that the host's end of the veth or the limits dropped.</summary>
    public required ulong ReceivedDropped { get; init; }

    /// <summary>Bytes that the container sent.</summary>
    public required ulong SentBytes { get; init; }

    /// <summary>Packets that the container sent.</summary>
    public required ulong SentPackets { get; init; }

    /// <summary>Packets from the container that were dropped before the bridge.</summary>
    public required ulong SentDropped { get; init; }

    /// <summary>The counters of its published ports.</summary>
    [JsonConverter(typeof(ValueListJsonConverter<PortStatistics>))]
    public required ValueList<PortStatistics> Ports { get; init; }
}
