namespace BridgeNet.State;

/// <summary>A network as it stands on disk.</summary>
internal sealed record NetworkRecord : IRecord
{
    /// <summary>The layout of this record.</summary>
    public int Schema { get; init; } = RecordSchema.Current;

    /// <summary>The network's name, which is the file's too.</summary>
    public required string Name { get; init; }

    /// <summary>Twelve hexadecimal digits, drawn when it was made.</summary>
    public required string Id { get; init; }

    /// <summary>The bridge's name.</summary>
    public required string Device { get; init; }

    /// <summary>Whether the bridge was there before, and so stays when the network goes.</summary>
    public bool Adopted { get; init; }

    /// <summary>Whether the adopted bridge was up before, and so stays up.</summary>
    public bool AdoptedUp { get; init; }

    /// <summary>Whether route_localnet of the adopted bridge was on before, and so stays on.</summary>
    public bool AdoptedRouteLocalnet { get; init; }

    /// <summary>Its subnets, of both families.</summary>
    public required IReadOnlyList<SubnetRecord> Subnets { get; init; }

    /// <summary>Whether it has IPv4.</summary>
    public bool IPv4 { get; init; }

    /// <summary>Whether it has IPv6.</summary>
    public bool IPv6 { get; init; }

    /// <summary>Whether nothing passes between it and anywhere else.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether containers do not talk to each other.</summary>
    public bool Quiet { get; init; }

    /// <summary>Whether containers go out with their own addresses.</summary>
    public bool NoMasquerade { get; init; }

    /// <summary>nat, nat-unprotected, routed, isolated.</summary>
    public required string IPv4Mode { get; init; }

    /// <summary>nat, nat-unprotected, routed, isolated.</summary>
    public required string IPv6Mode { get; init; }

    /// <summary>Whether the bridge has no IPv4 address, though one is reserved for a gateway.</summary>
    public bool InhibitIPv4 { get; init; }

    /// <summary>The source address of what goes out by IPv4; null for that of the interface.</summary>
    public string? IPv4Source { get; init; }

    /// <summary>The source address of what goes out by IPv6; null for that of the interface.</summary>
    public string? IPv6Source { get; init; }

    /// <summary>Where ports are published that do not say it; null for every address of both families.</summary>
    public string? HostBinding { get; init; }

    /// <summary>The host's interfaces behind which containers may be addressed directly.</summary>
    public IReadOnlyList<string>? TrustedInterfaces { get; init; }

    /// <summary>Bytes; null for the kernel's choice.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether the size follows the host's way out.</summary>
    public bool MtuFollows { get; init; }

    /// <summary>How the names of interfaces begin; null for eth.</summary>
    public string? InterfacePrefix { get; init; }

    /// <summary>How often addresses are announced; null for the usual.</summary>
    public int? Announcements { get; init; }

    /// <summary>Milliseconds between announcements; null for the usual.</summary>
    public int? AnnouncementInterval { get; init; }

    /// <summary>What people note on it.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Whether foreign firewalls were told to let it through.</summary>
    public bool AllowForeignForward { get; init; }
}
