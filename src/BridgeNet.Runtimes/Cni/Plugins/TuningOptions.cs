namespace BridgeNet.Runtimes.Cni;

/// <summary>The keys of the plugin tuning.</summary>
internal sealed record TuningOptions
{
    /// <summary>Where former values are kept if nothing else is said.</summary>
    public const string DefaultDirectory = "/run/cni/tuning";

    /// <summary>Kernel settings by name, as net.core.somaxconn; IFNAME stands for the interface.</summary>
    public IReadOnlyDictionary<string, string>? Sysctl { get; init; }

    /// <summary>The MAC address.</summary>
    public string? Mac { get; init; }

    /// <summary>Whether it takes packets for everybody.</summary>
    public bool? Promisc { get; init; }

    /// <summary>Whether it takes packets for all groups.</summary>
    public bool? Allmulti { get; init; }

    /// <summary>The largest packet, in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>The length of the transmit queue, in packets.</summary>
    public int? TxQLen { get; init; }

    /// <summary>Where former values are kept.</summary>
    public string? DataDir { get; init; }
}
