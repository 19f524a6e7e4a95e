using System.Text.Json.Serialization;

namespace BridgeNet.Runtimes.Docker;

/// <summary>What went through a published port.</summary>
/// <param name="Port">As <c>0.0.0.0:8080->80/tcp</c>.</param>
/// <param name="Connections">Connections through this port of the host.</param>
/// <param name="Packets">Packets in both directions.</param>
/// <param name="Bytes">Bytes in both directions.</param>
public sealed record DockerPortStatistics(
    [property: JsonPropertyName("port")] string Port,
    [property: JsonPropertyName("connections")] ulong Connections,
    [property: JsonPropertyName("packets")] ulong Packets,
    [property: JsonPropertyName("bytes")] ulong Bytes);
