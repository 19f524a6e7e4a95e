using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The key <c>runtimeConfig</c>: the capabilities that plugins here take.</summary>
internal sealed record CniRuntimeConfiguration
{
    /// <summary>Capability portMappings.</summary>
    public IReadOnlyList<CniPortMapping>? PortMappings { get; init; }

    /// <summary>Capability bandwidth.</summary>
    public CniBandwidth? Bandwidth { get; init; }

    /// <summary>Capability ips: addresses that the container is to have, with or without a prefix.</summary>
    public IReadOnlyList<string>? Ips { get; init; }

    /// <summary>Capability ipRanges: from where it is to get addresses.</summary>
    public IReadOnlyList<IReadOnlyList<HostLocalRangeOptions>>? IpRanges { get; init; }

    /// <summary>Capability mac.</summary>
    public string? Mac { get; init; }

    /// <summary>Capability aliases: the container's further names, as a list or, by Podman, as lists by the network's name.</summary>
    public JsonElement? Aliases { get; init; }

    /// <summary>Capability dns.</summary>
    public CniRuntimeDns? Dns { get; init; }

    /// <summary>Reads it by hand, as <see cref="IJsonShape{TSelf}.Read"/> does.</summary>
    public static CniRuntimeConfiguration Read(JsonElement json) =>
        json.Fold(new CniRuntimeConfiguration(), static (configuration, name, value) => name switch
    {
        "portmappings" => configuration with { PortMappings = value.List(CniPortMapping.Read) },
        "bandwidth" => configuration with { Bandwidth = value.Optional(CniBandwidth.Read) },
        "ips" => configuration with { Ips = value.Texts() },
        "ipranges" => configuration with { IpRanges = value.List(HostLocalRangeOptions.ReadSet) },
        "mac" => configuration with { Mac = value.GetString() },
        "aliases" => configuration with { Aliases = value.Optional() },
        "dns" => configuration with { Dns = value.Optional(CniRuntimeDns.Read) },
        _ => configuration,
    });
}
