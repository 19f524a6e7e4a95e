using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The keys that every plugin reads; each plugin's own keys are in a record of their own.</summary>
internal sealed record CniConfiguration : IJsonShape<CniConfiguration>
{
    /// <summary>The protocol's version; without it the first.</summary>
    public string? CniVersion { get; init; }

    /// <summary>The network's name.</summary>
    public string? Name { get; init; }

    /// <summary>The plugin.</summary>
    public string? Type { get; init; }

    /// <summary>The result of the plugins before this one; in a DEL that of the whole chain.</summary>
    public JsonElement? PrevResult { get; init; }

    /// <summary>The runtime's values for this container, for the declared <c>capabilities</c>.</summary>
    public CniRuntimeConfiguration? RuntimeConfig { get; init; }

    /// <summary>The user's values for this container.</summary>
    public CniArguments? Args { get; init; }

    /// <summary>How addresses are chosen: an object with at least <c>type</c>.</summary>
    public JsonElement? Ipam { get; init; }

    /// <summary>The name servers, for the container's runtime.</summary>
    public CniDns? Dns { get; init; }

    /// <summary>Of the plugin bridgenet: containers find each other by name.</summary>
    public DnsNameOptions? DnsName { get; init; }

    /// <summary>GC: the attachments that are to stay.</summary>
    [JsonPropertyName("cni.dev/valid-attachments")]
    public IReadOnlyList<CniAttachment>? ValidAttachments { get; init; }

    /// <summary>GC: the same under its former name.</summary>
    [JsonPropertyName("cni.dev/attachments")]
    public IReadOnlyList<CniAttachment>? FormerValidAttachments { get; init; }

    /// <inheritdoc/>
    public static JsonTypeInfo<CniConfiguration> Serialized => CniJsonContext.Default.CniConfiguration;

    /// <inheritdoc/>
    public static CniConfiguration Read(JsonElement json) => json.Fold(new CniConfiguration(), static (configuration, name, value) => name switch
    {
        "cniversion" => configuration with { CniVersion = value.GetString() },
        "name" => configuration with { Name = value.GetString() },
        "type" => configuration with { Type = value.GetString() },
        "prevresult" => configuration with { PrevResult = value.Optional() },
        "runtimeconfig" => configuration with { RuntimeConfig = value.Optional(CniRuntimeConfiguration.Read) },
        "args" => configuration with { Args = value.Optional(CniArguments.Read) },
        "ipam" => configuration with { Ipam = value.Optional() },
        "dns" => configuration with { Dns = value.Optional(CniDns.Read) },
        "dnsname" => configuration with { DnsName = value.Optional(DnsNameOptions.Read) },
        "cni.dev/valid-attachments" => configuration with { ValidAttachments = value.List(CniAttachment.Read) },
        "cni.dev/attachments" => configuration with { FormerValidAttachments = value.List(CniAttachment.Read) },
        _ => configuration,
    });

    /// <summary>The IPAM plugin; null or empty for none.</summary>
    [JsonIgnore]
    public string? IpamType =>
        Ipam is { ValueKind: JsonValueKind.Object } ipam
            && ipam.TryFind("type", out JsonElement type)
            && type.ValueKind is JsonValueKind.String ? type.GetString() : null;
}
