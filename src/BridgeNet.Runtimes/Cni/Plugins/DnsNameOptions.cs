using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The key <c>dnsname</c> of the plugin bridgenet, whose keys are those of the plugin dnsname.</summary>
internal sealed record DnsNameOptions : IJsonShape<DnsNameOptions>
{
    /// <summary>Where the names of CNI's networks are, unless the configuration says otherwise.</summary>
    public const string UsualDirectory = "/run/bridgenet-cni";

    /// <summary>The domain in which containers are found too; without it they are found by their names alone.</summary>
    public string? DomainName { get; init; }

    /// <summary>The directory of names; without it <see cref="UsualDirectory"/>.</summary>
    public string? DataDir { get; init; }

    /// <inheritdoc/>
    public static JsonTypeInfo<DnsNameOptions> Serialized => CniJsonContext.Default.DnsNameOptions;

    /// <inheritdoc/>
    public static DnsNameOptions Read(JsonElement json) => json.Fold(new DnsNameOptions(), static (options, name, value) => name switch
    {
        "domainname" => options with { DomainName = value.GetString() },
        "datadir" => options with { DataDir = value.GetString() },
        _ => options,
    });

    /// <summary>The options of a call; null if its configuration has none.</summary>
    /// <exception cref="CniException">7: the domain is no name of DNS.</exception>
    public static DnsNameOptions? Of(CniCall call)
    {
        if (call.Configuration.DnsName is not { } options)
        {
            return null;
        }
        return string.IsNullOrEmpty(options.DomainName) || Dns.Wire.DomainName.Parse(options.DomainName) is not null
            ? options
            : throw new CniException(CniErrorCode.InvalidConfiguration, $"dnsname: domainName \"{options.DomainName}\" is no name of DNS");
    }
}
