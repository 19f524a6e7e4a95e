using System.Net;

using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>A route of a network's containers.</summary>
/// <param name="Destination">Where to.</param>
/// <param name="Gateway">By which router; null for a type that leads nowhere.</param>
/// <param name="Metric">Its metric; null is the network's.</param>
/// <param name="Type">Unicast, or what happens to packets instead: blackhole, unreachable, prohibit.</param>
internal sealed record NetavarkRoute(IPNetwork Destination, IPAddress? Gateway, uint? Metric, RouteType Type);
