using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

using BridgeNet.Runtimes.Cni.Firewall;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The keys of the plugin portmap.</summary>
internal sealed record PortMapOptions : IJsonShape<PortMapOptions>
{
    private const int MostBit = 31;

    /// <summary>Whether clients on the host and the container itself are masqueraded; without it they are.</summary>
    public bool? Snat { get; init; }

    /// <summary>Whether all clients are masqueraded.</summary>
    public bool? MasqAll { get; init; }

    /// <summary>The bit of packets' mark for that, 0 to 31; without it 13.</summary>
    public int? MarkMasqBit { get; init; }

    /// <summary>A chain of others that sets the mark.</summary>
    public string? ExternalSetMarkChain { get; init; }

    /// <summary>Further conditions on IPv4 packets.</summary>
    public IReadOnlyList<string>? ConditionsV4 { get; init; }

    /// <summary>Further conditions on IPv6 packets.</summary>
    public IReadOnlyList<string>? ConditionsV6 { get; init; }

    /// <summary>iptables (in the place and shape of iptables-nft) or nftables.</summary>
    public string? Backend { get; init; }

    /// <inheritdoc/>
    public static JsonTypeInfo<PortMapOptions> Serialized => CniJsonContext.Default.PortMapOptions;

    /// <inheritdoc/>
    public static PortMapOptions Read(JsonElement json) => json.Fold(new PortMapOptions(), static (options, name, value) => name switch
    {
        "snat" => options with { Snat = value.Flag() },
        "masqall" => options with { MasqAll = value.Flag() },
        "markmasqbit" => options with { MarkMasqBit = value.Number() },
        "externalsetmarkchain" => options with { ExternalSetMarkChain = value.GetString() },
        "conditionsv4" => options with { ConditionsV4 = value.Texts() },
        "conditionsv6" => options with { ConditionsV6 = value.Texts() },
        "backend" => options with { Backend = value.GetString() },
        _ => options,
    });

    /// <summary>The layout that is meant.</summary>
    /// <exception cref="CniException">7: there is no such backend, or keys that are the other one's.</exception>
    public ICniLayout LayoutOr(ICniLayout unsaid)
    {
        ICniLayout layout = string.IsNullOrEmpty(Backend)
            ? unsaid
            : CniLayouts.Named(Backend) ?? throw Wrong($"unrecognized backend {Backend}: it is iptables or nftables");
        bool isForIptables = ConditionsV4 is { Count: > 0 } || ConditionsV6 is { Count: > 0 }
            || ExternalSetMarkChain is not null || MarkMasqBit is not null;
        if (layout is not IptablesLayout && isForIptables)
        {
            throw Wrong(
                "conditionsV4, conditionsV6, markMasqBit and externalSetMarkChain are words of iptables: add \"backend\": \"iptables\", "
                    + "or leave them out");
        }
        return layout;
    }

    /// <summary>The ports to publish; null for none.</summary>
    /// <exception cref="CniException">7: a value is wrong.</exception>
    public PortMapRequest? RequestOf(CniCall call)
    {
        if (call.Configuration.RuntimeConfig?.PortMappings is not { Count: > 0 } mappings)
        {
            return null;
        }
        if (MarkMasqBit is < 0 or > MostBit)
        {
            throw Wrong($"MasqMarkBit must be between 0 and {MostBit}: got {MarkMasqBit}");
        }
        if (MarkMasqBit is not null && ExternalSetMarkChain is not null)
        {
            throw Wrong("cannot specify externalSetMarkChain and markMasqBit together");
        }
        return new PortMapRequest
        {
            Mappings = [.. mappings.Select(PortMapping.From).Distinct()],
            Containers = [.. (call.Previous?.Addresses ?? []).Select(address => address.Address).DistinctBy(address => address.IsIPv6)],
            Snat = Snat ?? true,
            MasqueradeAll = MasqAll ?? false,
            MarkBit = MarkMasqBit ?? 13,
            ExternalMarkChain = ExternalSetMarkChain,
            Conditions4 = [.. ConditionsV4 ?? []],
            Conditions6 = [.. ConditionsV6 ?? []],
        };
    }

    private static CniException Wrong(string message) => new(CniErrorCode.InvalidConfiguration, $"portmap: {message}");
}
