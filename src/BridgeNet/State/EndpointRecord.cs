namespace BridgeNet.State;

/// <summary>An endpoint as it stands on disk.</summary>
internal sealed record EndpointRecord
{
    /// <summary>The layout of this record.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Twelve hexadecimal digits, which are the file's name too.</summary>
    public required string Id { get; init; }

    /// <summary>The name by which people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>The process (its lock under owners/) with which it is to end; null if it was kept.</summary>
    public string? Owner { get; init; }

    /// <summary>A path of the container's network namespace.</summary>
    public required string Sandbox { get; init; }

    /// <summary>The interface in the container.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>Its other end, on the bridge.</summary>
    public required string HostInterface { get; init; }

    /// <summary>The container end's.</summary>
    public required string MacAddress { get; init; }

    /// <summary>The container's, as 172.17.0.2/16.</summary>
    public required string Address { get; init; }

    /// <summary>The default route's next hop.</summary>
    public required string Gateway { get; init; }

    /// <summary>What is published.</summary>
    public required IReadOnlyList<PortRecord> Ports { get; init; }
}
