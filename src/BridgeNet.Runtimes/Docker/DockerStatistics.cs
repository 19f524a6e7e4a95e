using System.Text.Json.Serialization;

namespace BridgeNet.Runtimes.Docker;

/// <summary>An interface's counters with the keys of Docker's stats, and those of its published ports, which Docker has not.</summary>
public sealed record DockerStatistics
{
    /// <summary>The endpoint's id.</summary>
    [JsonPropertyName("endpoint_id")]
    public required string EndpointId { get; init; }

    /// <summary>Bytes that came to the container.</summary>
    [JsonPropertyName("rx_bytes")]
    public required ulong RxBytes { get; init; }

    /// <summary>Packets that came to the container.</summary>
    [JsonPropertyName("rx_packets")]
    public required ulong RxPackets { get; init; }

    /// <summary>Packets to the container that were dropped.</summary>
    [JsonPropertyName("rx_dropped")]
    public required ulong RxDropped { get; init; }

    /// <summary>Bytes that the container sent.</summary>
    [JsonPropertyName("tx_bytes")]
    public required ulong TxBytes { get; init; }

    /// <summary>Packets that the container sent.</summary>
    [JsonPropertyName("tx_packets")]
    public required ulong TxPackets { get; init; }

    /// <summary>Packets from the container that were dropped.</summary>
    [JsonPropertyName("tx_dropped")]
    public required ulong TxDropped { get; init; }

    /// <summary>The published ports.</summary>
    [JsonPropertyName("ports")]
    public required IReadOnlyList<DockerPortStatistics> Ports { get; init; }

    /// <summary>Counters in Docker's words.</summary>
    /// <param name="endpointId">The endpoint's id.</param>
    /// <param name="statistics">Its counters.</param>
    public static DockerStatistics From(string endpointId, EndpointStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        return new DockerStatistics
        {
            EndpointId = endpointId,
            RxBytes = statistics.ReceivedBytes,
            RxPackets = statistics.ReceivedPackets,
            RxDropped = statistics.ReceivedDropped,
            TxBytes = statistics.SentBytes,
            TxPackets = statistics.SentPackets,
            TxDropped = statistics.SentDropped,
            Ports = [.. statistics.Ports.Select(port => new DockerPortStatistics(port.Port.ToString(), port.Connections, port.Packets, port.Bytes))],
        };
    }
}
