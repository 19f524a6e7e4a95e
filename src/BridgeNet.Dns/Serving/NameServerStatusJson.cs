using System.Text.Json.Serialization;

namespace BridgeNet.Dns.Serving;

/// <summary>The format of <see cref="NameServerStatus"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NameServerStatus))]
internal sealed partial class NameServerStatusJson : JsonSerializerContext;
