namespace BridgeNet.Runtimes.Cni;

/// <summary>The former values of what the plugin tuning changed: a file <c>CONTAINER_INTERFACE.json</c>, in the reference's shape.</summary>
internal sealed record TuningBackup
{
    /// <summary>The MAC address.</summary>
    public string? Mac { get; init; }

    /// <summary>Whether it was promiscuous.</summary>
    public bool? Promisc { get; init; }

    /// <summary>The largest packet, in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether it took packets of all multicast groups.</summary>
    public bool? Allmulti { get; init; }

    /// <summary>The length of the transmit queue, in packets.</summary>
    public int? TxQLen { get; init; }
}
