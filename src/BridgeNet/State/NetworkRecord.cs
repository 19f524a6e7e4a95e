namespace BridgeNet.State;

/// <summary>A network as it stands on disk.</summary>
internal sealed record NetworkRecord
{
    /// <summary>The layout of this record.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The network's name, which is the file's too.</summary>
    public required string Name { get; init; }

    /// <summary>Twelve hexadecimal digits, drawn when it was made.</summary>
    public required string Id { get; init; }

    /// <summary>The bridge's name.</summary>
    public required string Device { get; init; }

    /// <summary>Whether the bridge was there before, and so stays when the network goes.</summary>
    public bool Adopted { get; init; }

    /// <summary>Whether the gateway's address was on the adopted bridge before, and so stays too.</summary>
    public bool AdoptedAddress { get; init; }

    /// <summary>Whether the adopted bridge was up before, and so stays up.</summary>
    public bool AdoptedUp { get; init; }

    /// <summary>Whether route_localnet of the adopted bridge was on before, and so stays on.</summary>
    public bool AdoptedRouteLocalnet { get; init; }

    /// <summary>The subnet, as 172.17.0.0/16.</summary>
    public required string Subnet { get; init; }

    /// <summary>The bridge's address in it.</summary>
    public required string Gateway { get; init; }

    /// <summary>Bytes; null for the kernel's choice.</summary>
    public int? Mtu { get; init; }
}
