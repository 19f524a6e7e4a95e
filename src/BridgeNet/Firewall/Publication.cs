using System.Net;

namespace BridgeNet.Firewall;

/// <summary>What the packet rules know of a published port.</summary>
/// <param name="Container">The endpoint's address, of the host address's family.</param>
/// <param name="Port">The port.</param>
/// <param name="Owner">The endpoint's id, which the map's element carries.</param>
internal sealed record Publication(IPAddress Container, PublishedPort Port, string Owner)
{
    /// <summary>Whether the network is routed: then the port is only let in, and the host's port means nothing.</summary>
    public bool IsRouted { get; init; }
}
