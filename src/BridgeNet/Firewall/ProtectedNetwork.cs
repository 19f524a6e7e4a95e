using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Firewall;

/// <summary>What the packet rules know of a network.</summary>
/// <param name="Device">Its bridge.</param>
/// <param name="Subnet">Its subnet.</param>
internal sealed record ProtectedNetwork(InterfaceName Device, IPNetwork Subnet);
