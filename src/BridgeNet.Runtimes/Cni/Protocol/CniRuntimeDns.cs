using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The capability dns, whose keys are not those of a result.</summary>
internal sealed record CniRuntimeDns
{
    /// <summary>Name servers.</summary>
    public IReadOnlyList<string>? Servers { get; init; }

    /// <summary>Search domains.</summary>
    public IReadOnlyList<string>? Searches { get; init; }

    /// <summary>Options of the resolver.</summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>Reads it by hand, as <see cref="IJsonShape{TSelf}.Read"/> does.</summary>
    public static CniRuntimeDns Read(JsonElement json) => json.Fold(new CniRuntimeDns(), static (dns, name, value) => name switch
    {
        "servers" => dns with { Servers = value.Texts() },
        "searches" => dns with { Searches = value.Texts() },
        "options" => dns with { Options = value.Texts() },
        _ => dns,
    });
}
