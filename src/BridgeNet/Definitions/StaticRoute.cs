using System.Net;

namespace BridgeNet;

/// <summary>A route of a container beside its default ones.</summary>
/// <param name="Destination">Where to.</param>
/// <param name="NextHop">A neighbour of the network, of the destination's family; null if the destination is on the link itself.</param>
public sealed record StaticRoute(IPNetwork Destination, IPAddress? NextHop);
