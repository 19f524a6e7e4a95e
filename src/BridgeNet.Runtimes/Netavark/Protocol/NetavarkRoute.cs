using System.Net;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>A route of a network's containers.</summary>
/// <param name="Destination">Where to.</param>
/// <param name="Gateway">By which router.</param>
/// <param name="Metric">Its metric; null is the network's.</param>
internal sealed record NetavarkRoute(IPNetwork Destination, IPAddress Gateway, uint? Metric);
