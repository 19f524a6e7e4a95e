using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The key <c>ipam</c> of type host-local.</summary>
internal sealed record HostLocalOptions
{
    /// <summary>Where leases are kept if nothing else is said.</summary>
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

    /// <summary>Where leases are kept, a directory a network.</summary>
    public string? DataDir { get; init; }

    /// <summary>A resolv.conf from which the name servers are taken.</summary>
    public string? ResolvConf { get; init; }
}
