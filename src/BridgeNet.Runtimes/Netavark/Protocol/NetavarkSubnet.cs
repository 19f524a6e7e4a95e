using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>A subnet of a network, and the bridge's address in it.</summary>
/// <param name="Subnet">The subnet.</param>
/// <param name="Gateway">The bridge's address; null if it has none.</param>
internal sealed record NetavarkSubnet(IPNetwork Subnet, IPAddress? Gateway)
{
    /// <summary>Whether it is one of IPv6.</summary>
    public bool IsIPv6 => Subnet.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6;
}
