using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Firewall;

/// <summary>What the packet rules know of an endpoint whose port on the bridge is watched.</summary>
/// <param name="Port">The host's end of its pair.</param>
/// <param name="MacAddress">The container end's.</param>
/// <param name="Addresses">Its own, of both families.</param>
/// <param name="Owner">The endpoint's id.</param>
internal sealed record ProtectedEndpoint(InterfaceName Port, MacAddress MacAddress, ValueList<IPAddress> Addresses, string Owner);
