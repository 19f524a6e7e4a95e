using System.Text.Json.Serialization;

namespace BridgeNet.Runtimes.Docker;

/// <summary>Docker's shapes as JSON, indented as Docker prints them. What a reader does not know is skipped.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, IndentSize = 4, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<DockerEndpoint>))]
[JsonSerializable(typeof(IReadOnlyList<DockerNetwork>))]
[JsonSerializable(typeof(DockerStatistics))]
public sealed partial class DockerJsonContext : JsonSerializerContext;
