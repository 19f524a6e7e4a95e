namespace BridgeNet.Runtimes.Docker;

/// <summary>A container's place on one network, as Docker's <c>NetworkSettings.Networks</c> has it.</summary>
public sealed record DockerEndpointSettings
{
    /// <summary>The network's id.</summary>
    public required string NetworkID { get; init; }

    /// <summary>The endpoint's id.</summary>
    public required string EndpointID { get; init; }

    /// <summary>Which network is the way out of a container on several: the highest.</summary>
    public int GwPriority { get; init; }

    /// <summary>The next hop of the default route.</summary>
    public required string Gateway { get; init; }

    /// <summary>The container's address, without its prefix.</summary>
    public required string IPAddress { get; init; }

    /// <summary>The subnet's prefix, in bits.</summary>
    public required int IPPrefixLen { get; init; }

    /// <summary>The next hop of the IPv6 default route; empty for none.</summary>
    public string IPv6Gateway { get; init; } = string.Empty;

    /// <summary>The container's IPv6 address; empty for none.</summary>
    public string GlobalIPv6Address { get; init; } = string.Empty;

    /// <summary>The IPv6 subnet's prefix, in bits; 0 for none.</summary>
    public int GlobalIPv6PrefixLen { get; init; }

    /// <summary>Further names by which the network's containers find it, as asked for; null for none.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>All names by which the network's containers find it; null on a network without DNS.</summary>
    public IReadOnlyList<string>? DNSNames { get; init; }

    /// <summary>Where it asks for names; null for nowhere. Not Docker's.</summary>
    public IReadOnlyList<string>? NameServers { get; init; }

    /// <summary>The container end's Ethernet address.</summary>
    public required string MacAddress { get; init; }
}
