using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The key <c>args</c>.</summary>
internal sealed record CniArguments
{
    /// <summary>The conventional keys.</summary>
    public CniConventionalArguments? Cni { get; init; }

    /// <summary>Reads it by hand, as <see cref="IJsonShape{TSelf}.Read"/> does.</summary>
    public static CniArguments Read(JsonElement json) => json.Fold(new CniArguments(), static (arguments, name, value) => name switch
    {
        "cni" => arguments with { Cni = value.Optional(CniConventionalArguments.Read) },
        _ => arguments,
    });
}
