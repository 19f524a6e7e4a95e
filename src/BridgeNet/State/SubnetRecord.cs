namespace BridgeNet.State;

/// <summary>A network's subnet as it stands on disk.</summary>
internal sealed record SubnetRecord
{
    /// <summary>As 172.17.0.0/16.</summary>
    public required string Subnet { get; init; }

    /// <summary>The bridge's address in it; null if it is to have none.</summary>
    public string? Gateway { get; init; }

    /// <summary>The next hop of containers, where it is not the bridge.</summary>
    public string? NextHop { get; init; }

    /// <summary>The part from which addresses are chosen.</summary>
    public string? Range { get; init; }

    /// <summary>Reserved addresses by their names.</summary>
    public IReadOnlyDictionary<string, string>? Auxiliary { get; init; }

    /// <summary>Whether the gateway's address was on an adopted bridge before, and so stays when the network goes.</summary>
    public bool WasThere { get; init; }
}
