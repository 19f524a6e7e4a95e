using System.Text.Json.Serialization;

namespace BridgeNet.Runtimes.Docker;

/// <summary>Docker's shapes as JSON, indented as Docker prints them. What a reader does not know is skipped.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, IndentSize = 4)]
[JsonSerializable(typeof(IReadOnlyList<DockerEndpoint>))]
[JsonSerializable(typeof(IReadOnlyList<DockerNetwork>))]
public sealed partial class DockerJsonContext : JsonSerializerContext;
