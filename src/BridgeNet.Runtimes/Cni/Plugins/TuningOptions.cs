using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The keys of the plugin tuning.</summary>
internal sealed record TuningOptions : IJsonShape<TuningOptions>
{
    /// <summary>The default directory of former values.</summary>
    public const string DefaultDirectory = "/run/cni/tuning";

    /// <summary>Kernel settings by name, as net.core.somaxconn; IFNAME stands for the interface.</summary>
    [JsonConverter(typeof(PairsConverter))]
    public IReadOnlyDictionary<string, string>? Sysctl { get; init; }

    /// <summary>The MAC address.</summary>
    public string? Mac { get; init; }

    /// <summary>Whether it is promiscuous.</summary>
    public bool? Promisc { get; init; }

    /// <summary>Whether it takes packets of all multicast groups.</summary>
    public bool? Allmulti { get; init; }

    /// <summary>The largest packet, in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>The length of the transmit queue, in packets.</summary>
    public int? TxQLen { get; init; }

    /// <summary>The directory of former values.</summary>
    public string? DataDir { get; init; }

    /// <inheritdoc/>
    public static JsonTypeInfo<TuningOptions> Serialized => CniJsonContext.Default.TuningOptions;

    /// <inheritdoc/>
    public static TuningOptions Read(JsonElement json) => json.Fold(new TuningOptions(), static (options, name, value) => name switch
    {
        "sysctl" => options with { Sysctl = value.Pairs() },
        "mac" => options with { Mac = value.GetString() },
        "promisc" => options with { Promisc = value.Flag() },
        "allmulti" => options with { Allmulti = value.Flag() },
        "mtu" => options with { Mtu = value.Number() },
        "txqlen" => options with { TxQLen = value.Number() },
        "datadir" => options with { DataDir = value.GetString() },
        _ => options,
    });
}
