using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet.Runtimes.Cni;

/// <summary>
/// The keys of the plugin bandwidth; they override the runtime's. See <see cref="CniBandwidth"/> for the units.
/// </summary>
internal sealed record BandwidthOptions : IJsonShape<BandwidthOptions>
{
    /// <summary>How fast the container receives.</summary>
    public ulong? IngressRate { get; init; }

    /// <summary>How much it receives at once.</summary>
    public ulong? IngressBurst { get; init; }

    /// <summary>How fast it sends.</summary>
    public ulong? EgressRate { get; init; }

    /// <summary>How much it sends at once.</summary>
    public ulong? EgressBurst { get; init; }

    /// <inheritdoc/>
    public static JsonTypeInfo<BandwidthOptions> Serialized => CniJsonContext.Default.BandwidthOptions;

    /// <inheritdoc/>
    public static BandwidthOptions Read(JsonElement json) => json.Fold(new BandwidthOptions(), static (options, name, value) => name switch
    {
        "ingressrate" => options with { IngressRate = value.LargeNumber() },
        "ingressburst" => options with { IngressBurst = value.LargeNumber() },
        "egressrate" => options with { EgressRate = value.LargeNumber() },
        "egressburst" => options with { EgressBurst = value.LargeNumber() },
        _ => options,
    });

    /// <summary>The limits of a configuration and a runtime; null for none.</summary>
    /// <exception cref="CniException">7: a rate without a burst, a burst without a rate, or a burst that is too large.</exception>
    public static CniBandwidth? Of(CniCall call)
    {
        BandwidthOptions options = call.Options<BandwidthOptions>();
        CniBandwidth configured = new()
        {
            IngressRate = options.IngressRate,
            IngressBurst = options.IngressBurst,
            EgressRate = options.EgressRate,
            EgressBurst = options.EgressBurst,
        };
        CniBandwidth? wanted = !configured.IsNone ? configured : call.Configuration.RuntimeConfig?.Bandwidth;
        if (wanted is null or { IsNone: true })
        {
            return null;
        }
        Check("ingress", wanted.IngressRate, wanted.IngressBurst);
        Check("egress", wanted.EgressRate, wanted.EgressBurst);
        return wanted;
    }

    private static void Check(string direction, ulong? rate, ulong? burst)
    {
        const ulong MostBurst = 8UL * uint.MaxValue;
        if ((rate is null or 0) != (burst is null or 0))
        {
            throw Wrong($"{direction}: if rate is set, burst must also be set, and the other way round: rate {rate ?? 0}, burst {burst ?? 0}");
        }
        if (rate is > 0 and < 8 || burst is > 0 and < 8)
        {
            throw Wrong($"{direction}: a rate and a burst are at least 8 bits, one byte");
        }
        if (burst > MostBurst)
        {
            throw Wrong($"{direction}: burst {burst} is more than {MostBurst} bits, 4 GiB");
        }
    }

    private static CniException Wrong(string message) => new(CniErrorCode.InvalidConfiguration, $"bandwidth: {message}");
}
