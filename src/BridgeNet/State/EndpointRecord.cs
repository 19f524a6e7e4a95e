namespace BridgeNet.State;

/// <summary>An endpoint as it stands on disk.</summary>
internal sealed record EndpointRecord : IRecord
{
    /// <summary>The layout of this record.</summary>
    public int Schema { get; init; } = RecordSchema.Current;

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

    /// <summary>The namespace's device and inode, by which it is known whatever its path.</summary>
    public required string SandboxIdentity { get; init; }

    /// <summary>The interface in the container.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>Its other end, on the bridge.</summary>
    public required string HostInterface { get; init; }

    /// <summary>The container end's.</summary>
    public required string MacAddress { get; init; }

    /// <summary>The container's, as 172.17.0.2/16, of both families.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>The default routes' next hops, at most one a family.</summary>
    public required IReadOnlyList<string> Gateways { get; init; }

    /// <summary>Further addresses that were asked for and are not of the network, as 169.254.3.4/16.</summary>
    public IReadOnlyList<string>? LinkLocalAddresses { get; init; }

    /// <summary>Routes beside the default ones.</summary>
    public IReadOnlyList<RouteRecord>? Routes { get; init; }

    /// <summary>Settings of the interface that were asked for, with IFNAME for its name.</summary>
    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

    /// <summary>Which network's default route is taken: the highest; 0 is the usual.</summary>
    public int GatewayPriority { get; init; }

    /// <summary>Whether the endpoint may send from addresses that are not its own.</summary>
    public bool Unwatched { get; init; }

    /// <summary>Bits per second to the container.</summary>
    public long? IngressRate { get; init; }

    /// <summary>Bytes.</summary>
    public long? IngressBurst { get; init; }

    /// <summary>Bits per second from the container.</summary>
    public long? EgressRate { get; init; }

    /// <summary>Bytes.</summary>
    public long? EgressBurst { get; init; }

    /// <summary>What is published.</summary>
    public required IReadOnlyList<PortRecord> Ports { get; init; }

    /// <summary>Whether a change of the ports was begun and not yet ended: then some of them may be nobody's, or somebody else's by now.</summary>
    public bool PortsInDoubt { get; init; }
}
