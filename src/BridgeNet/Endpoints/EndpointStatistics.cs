using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>What went through an endpoint since it was attached, seen from the container.</summary>
public sealed record EndpointStatistics
{
    /// <summary>Bytes that came to the container.</summary>
    public required ulong ReceivedBytes { get; init; }

    /// <summary>Packets that came to the container.</summary>
    public required ulong ReceivedPackets { get; init; }

    /// <summary>Packets to the container that were dropped, by its interface's other end or its limits.</summary>
    public required ulong ReceivedDropped { get; init; }

    /// <summary>Bytes that the container sent.</summary>
    public required ulong SentBytes { get; init; }

    /// <summary>Packets that the container sent.</summary>
    public required ulong SentPackets { get; init; }

    /// <summary>Packets from the container that were dropped, before the bridge saw them.</summary>
    public required ulong SentDropped { get; init; }

    /// <summary>What went through its published ports.</summary>
    public required ValueList<PortStatistics> Ports { get; init; }
}
