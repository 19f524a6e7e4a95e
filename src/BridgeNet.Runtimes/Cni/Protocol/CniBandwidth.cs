using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>
/// The capability bandwidth, and the same keys of the plugin's own configuration. Rates in bits per second, bursts in bits; 0 and null for no limit.
/// </summary>
internal sealed record CniBandwidth
{
    /// <summary>How fast the container receives.</summary>
    public ulong? IngressRate { get; init; }

    /// <summary>How much it receives at once.</summary>
    public ulong? IngressBurst { get; init; }

    /// <summary>How fast it sends.</summary>
    public ulong? EgressRate { get; init; }

    /// <summary>How much it sends at once.</summary>
    public ulong? EgressBurst { get; init; }

    /// <summary>Reads it by hand, as <see cref="IJsonShape{TSelf}.Read"/> does.</summary>
    public static CniBandwidth Read(JsonElement json) => json.Fold(new CniBandwidth(), static (bandwidth, name, value) => name switch
    {
        "ingressrate" => bandwidth with { IngressRate = value.LargeNumber() },
        "ingressburst" => bandwidth with { IngressBurst = value.LargeNumber() },
        "egressrate" => bandwidth with { EgressRate = value.LargeNumber() },
        "egressburst" => bandwidth with { EgressBurst = value.LargeNumber() },
        _ => bandwidth,
    });

    /// <summary>Whether it limits nothing.</summary>
    public bool IsNone => IngressRate is null or 0 && IngressBurst is null or 0 && EgressRate is null or 0 && EgressBurst is null or 0;
}
