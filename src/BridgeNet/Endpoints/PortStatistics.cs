namespace BridgeNet;

/// <summary>What went through a published port since it was published.</summary>
/// <param name="Port">The port; a range that was published as one is counted as one.</param>
/// <param name="Connections">Connections that were led to the container through this port of the host.</param>
/// <param name="Packets">Packets in both directions, through every host port that leads to the same container port.</param>
/// <param name="Bytes">Bytes of these packets, with their IP headers.</param>
public sealed record PortStatistics(PublishedPort Port, ulong Connections, ulong Packets, ulong Bytes);
