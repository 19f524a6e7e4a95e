using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The key <c>dns</c> of configurations and results.</summary>
internal sealed record CniDns : IJsonShape<CniDns>
{
    /// <summary>Name servers, in order of preference.</summary>
    public IReadOnlyList<string>? Nameservers { get; init; }

    /// <summary>The domain of short names.</summary>
    public string? Domain { get; init; }

    /// <summary>Search domains of short names.</summary>
    public IReadOnlyList<string>? Search { get; init; }

    /// <summary>Options of the resolver.</summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <inheritdoc/>
    public static JsonTypeInfo<CniDns> Serialized => CniJsonContext.Default.CniDns;

    /// <inheritdoc/>
    public static CniDns Read(JsonElement json) => json.Fold(new CniDns(), static (dns, name, value) => name switch
    {
        "nameservers" => dns with { Nameservers = value.Texts() },
        "domain" => dns with { Domain = value.GetString() },
        "search" => dns with { Search = value.Texts() },
        "options" => dns with { Options = value.Texts() },
        _ => dns,
    });

    /// <summary>Whether all keys are empty.</summary>
    public bool IsEmpty => Nameservers is null or [] && string.IsNullOrEmpty(Domain) && Search is null or [] && Options is null or [];
}
