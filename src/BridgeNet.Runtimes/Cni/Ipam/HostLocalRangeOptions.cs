using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>One of host-local's <c>ranges</c>, as it is written.</summary>
internal sealed record HostLocalRangeOptions
{
    /// <summary>The network, without host bits.</summary>
    public string? Subnet { get; init; }

    /// <summary>The first address that is given out; without it the network's first but one.</summary>
    public string? RangeStart { get; init; }

    /// <summary>The last address that is given out; without it the network's last, or of IPv4 the one before the broadcast address.</summary>
    public string? RangeEnd { get; init; }

    /// <summary>The router, which nobody gets; without it the network's first but one.</summary>
    public string? Gateway { get; init; }

    /// <summary>Reads it by hand, as <see cref="IJsonShape{TSelf}.Read"/> does.</summary>
    public static HostLocalRangeOptions Read(JsonElement json) => json.Fold(new HostLocalRangeOptions(), static (options, name, value) => name switch
    {
        "subnet" => options with { Subnet = value.GetString() },
        "rangestart" => options with { RangeStart = value.GetString() },
        "rangeend" => options with { RangeEnd = value.GetString() },
        "gateway" => options with { Gateway = value.GetString() },
        _ => options,
    });

    /// <summary>Reads a list of ranges by hand.</summary>
    public static IReadOnlyList<HostLocalRangeOptions> ReadSet(JsonElement json) => json.List(Read) ?? throw new InvalidOperationException();
}
