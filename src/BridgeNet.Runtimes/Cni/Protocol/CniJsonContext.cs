using System.Text.Json.Serialization;

namespace BridgeNet.Runtimes.Cni;

/// <summary>CNI's shapes as JSON. Keys that no plugin here knows are skipped, and letter case means nothing, as in the reference.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    IndentSize = 4)]
[JsonSerializable(typeof(CniConfiguration))]
[JsonSerializable(typeof(CniDns))]
[JsonSerializable(typeof(CniError))]
[JsonSerializable(typeof(HostLocalOptions))]
[JsonSerializable(typeof(BridgeOptions))]
[JsonSerializable(typeof(DnsNameOptions))]
[JsonSerializable(typeof(BandwidthOptions))]
[JsonSerializable(typeof(FirewallOptions))]
[JsonSerializable(typeof(PortMapOptions))]
[JsonSerializable(typeof(TuningOptions))]
[JsonSerializable(typeof(TuningBackup))]
internal sealed partial class CniJsonContext : JsonSerializerContext;
