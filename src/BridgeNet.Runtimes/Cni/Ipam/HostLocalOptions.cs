using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The key <c>ipam</c> of type host-local.</summary>
internal sealed record HostLocalOptions : IJsonShape<HostLocalOptions>
{
    /// <summary>The default directory of reservations.</summary>
    public const string DefaultDirectory = "/var/lib/cni/networks";

    /// <summary>The network of the only range, as it was written before there were <see cref="Ranges"/>.</summary>
    public string? Subnet { get; init; }

    /// <summary>See <see cref="HostLocalRangeOptions.RangeStart"/>.</summary>
    public string? RangeStart { get; init; }

    /// <summary>See <see cref="HostLocalRangeOptions.RangeEnd"/>.</summary>
    public string? RangeEnd { get; init; }

    /// <summary>See <see cref="HostLocalRangeOptions.Gateway"/>.</summary>
    public string? Gateway { get; init; }

    /// <summary>An address is given out of each of these lists, from whichever of its ranges has one.</summary>
    public IReadOnlyList<IReadOnlyList<HostLocalRangeOptions>>? Ranges { get; init; }

    /// <summary>Routes for the container.</summary>
    public IReadOnlyList<JsonElement>? Routes { get; init; }

    /// <summary>Where reservations are kept, a directory a network.</summary>
    public string? DataDir { get; init; }

    /// <summary>A resolv.conf from which the name servers are taken.</summary>
    public string? ResolvConf { get; init; }

    /// <inheritdoc/>
    public static JsonTypeInfo<HostLocalOptions> Serialized => CniJsonContext.Default.HostLocalOptions;

    /// <inheritdoc/>
    public static HostLocalOptions Read(JsonElement json) => json.Fold(new HostLocalOptions(), static (options, name, value) => name switch
    {
        "subnet" => options with { Subnet = value.GetString() },
        "rangestart" => options with { RangeStart = value.GetString() },
        "rangeend" => options with { RangeEnd = value.GetString() },
        "gateway" => options with { Gateway = value.GetString() },
        "ranges" => options with { Ranges = value.List(HostLocalRangeOptions.ReadSet) },
        "routes" => options with { Routes = value.List(element => element) },
        "datadir" => options with { DataDir = value.GetString() },
        "resolvconf" => options with { ResolvConf = value.GetString() },
        _ => options,
    });
}
