using System.Net;
using System.Text.Json.Serialization;

using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>A container's route besides its default routes.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="NextHop">A neighbour of the network, of the destination's family; null if the destination is on the link itself.</param>
public sealed record StaticRoute(
    [property: JsonConverter(typeof(IPNetworkJsonConverter))] IPNetwork Destination,
    [property: JsonConverter(typeof(IPAddressJsonConverter))] IPAddress? NextHop);
