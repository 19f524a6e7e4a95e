using System.Net;

using BridgeNet.State;

namespace BridgeNet.Firewall;

/// <summary>A published port with what the packet rules need to know of its endpoint.</summary>
/// <param name="Container">The endpoint's address, of the host address's family.</param>
/// <param name="Port">The port.</param>
/// <param name="Owner">The endpoint's id, which the map's element carries.</param>
internal sealed record Publication(IPAddress Container, PublishedPort Port, string Owner)
{
    /// <summary>Whether the network is routed: then the rules only let the port in, and the host's port means nothing.</summary>
    public bool IsRouted { get; init; }

    /// <summary>The publications of an endpoint's ports, without those of a family in which it has no address: a proxy serves them.</summary>
    public static IEnumerable<Publication> Of(EndpointState endpoint, NetworkDefinition network, IEnumerable<PublishedPort> ports)
    {
        foreach (PublishedPort port in ports)
        {
            if (Of(endpoint, network, port) is { } publication)
            {
                yield return publication;
            }
        }
    }

    /// <summary>A port of an endpoint; null if the endpoint has no address of its family.</summary>
    public static Publication? Of(EndpointState endpoint, NetworkDefinition network, PublishedPort port) =>
        endpoint.AddressOf(port.Family) is { } address
            ? new Publication(address.Address, port, endpoint.Id) { IsRouted = !network.TraitsOf(port.Family).IsTranslated }
            : null;
}
