using System.Net;

namespace BridgeNet.Runtimes.Cni;

/// <summary>A route in a result or in a configuration of addresses.</summary>
internal sealed record CniRoute
{
    /// <summary>Where to.</summary>
    public required IPNetwork Destination { get; init; }

    /// <summary>The next router; null for the gateway of the address of the same family.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The largest packet of this way, in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>The largest TCP segment that is announced, in bytes.</summary>
    public int? AdvertisedSegment { get; init; }

    /// <summary>The metric; the lowest first.</summary>
    public int? Priority { get; init; }

    /// <summary>The routing table.</summary>
    public int? Table { get; init; }

    /// <summary>The scope, as the kernel numbers it.</summary>
    public int? Scope { get; init; }
}
