namespace BridgeNet;

/// <summary>A published port's counters since it was published.</summary>
/// <param name="Port">The port; a published range counts as one.</param>
/// <param name="Connections">Connections to the container through this port of the host.</param>
/// <param name="Packets">Packets in both directions, through every host port that leads to the same container port.</param>
/// <param name="Bytes">Bytes of these packets, with their IP headers.</param>
public sealed record PortStatistics(PublishedPort Port, ulong Connections, ulong Packets, ulong Bytes);
