using System.Text.Json.Serialization;

namespace BridgeNet.Runtimes.Oci;

/// <summary>OCI's shapes as JSON. Keys that are not needed here are skipped: runtimes add some of their own.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(OciState))]
[JsonSerializable(typeof(OciContainer))]
[JsonSerializable(typeof(OciHookFile))]
internal sealed partial class OciJsonContext : JsonSerializerContext;
