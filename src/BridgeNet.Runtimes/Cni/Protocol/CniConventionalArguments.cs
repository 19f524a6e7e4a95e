using System.Text.Json;
using System.Text.Json.Serialization;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The key <c>args.cni</c>.</summary>
internal sealed record CniConventionalArguments
{
    /// <summary>Addresses that the container is to have.</summary>
    public IReadOnlyList<string>? Ips { get; init; }

    /// <summary>Its Ethernet address.</summary>
    public string? Mac { get; init; }

    /// <summary>Kernel settings.</summary>
    [JsonConverter(typeof(PairsConverter))]
    public IReadOnlyDictionary<string, string>? Sysctl { get; init; }

    /// <summary>Whether its interface is promiscuous.</summary>
    public bool? Promisc { get; init; }

    /// <summary>Whether its interface takes packets of all multicast groups.</summary>
    public bool? Allmulti { get; init; }

    /// <summary>The largest packet of its interface, in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>The length of its interface's transmit queue, in packets.</summary>
    public int? TxQLen { get; init; }

    /// <summary>Labels, for whoever reads them.</summary>
    public JsonElement? Labels { get; init; }

    /// <summary>Reads it by hand, as <see cref="IJsonShape{TSelf}.Read"/> does.</summary>
    public static CniConventionalArguments Read(JsonElement json) =>
        json.Fold(new CniConventionalArguments(), static (arguments, name, value) => name switch
    {
        "ips" => arguments with { Ips = value.Texts() },
        "mac" => arguments with { Mac = value.GetString() },
        "sysctl" => arguments with { Sysctl = value.Pairs() },
        "promisc" => arguments with { Promisc = value.Flag() },
        "allmulti" => arguments with { Allmulti = value.Flag() },
        "mtu" => arguments with { Mtu = value.Number() },
        "txqlen" => arguments with { TxQLen = value.Number() },
        "labels" => arguments with { Labels = value.Optional() },
        _ => arguments,
    });
}
