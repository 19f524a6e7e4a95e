using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The key <c>args.cni</c>.</summary>
internal sealed record CniConventionalArguments
{
    /// <summary>Addresses that the container is to have.</summary>
    public IReadOnlyList<string>? Ips { get; init; }

    /// <summary>Its Ethernet address.</summary>
    public string? Mac { get; init; }

    /// <summary>Kernel settings.</summary>
    public IReadOnlyDictionary<string, string>? Sysctl { get; init; }

    /// <summary>Whether its interface takes packets for everybody.</summary>
    public bool? Promisc { get; init; }

    /// <summary>Whether its interface takes packets for all groups.</summary>
    public bool? Allmulti { get; init; }

    /// <summary>The largest packet of its interface, in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>The length of its interface's transmit queue, in packets.</summary>
    public int? TxQLen { get; init; }

    /// <summary>Labels, for whoever reads them.</summary>
    public JsonElement? Labels { get; init; }
}
