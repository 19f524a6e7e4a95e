using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>What netavark remembers of a network, so that its rules can be made anew: <c>firewall/networks/ID</c>.</summary>
/// <param name="NetworkId">The network's id.</param>
/// <param name="NetworkHash">The first 13 digits of the name's SHA-512, by which iptables chains are called.</param>
/// <param name="Bridge">The bridge.</param>
/// <param name="Subnets">The subnets.</param>
/// <param name="Isolation">Which other networks it reaches.</param>
/// <param name="DnsPort">Where the name server listens.</param>
/// <param name="OutboundAddresses">Where its containers' packets come from, one for each family at most; without one they are masqueraded.</param>
internal sealed record NetavarkNetworkRecord(
    string NetworkId,
    string NetworkHash,
    string Bridge,
    ValueList<IPNetwork> Subnets,
    NetavarkIsolation Isolation,
    ushort DnsPort,
    ValueList<IPAddress> OutboundAddresses)
{
    /// <summary>Where packets of a subnet's containers come from; null if they are masqueraded.</summary>
    public IPAddress? OutboundAddressOf(IPNetwork subnet) =>
        OutboundAddresses.FirstOrDefault(address => address.AddressFamily == subnet.BaseAddress.AddressFamily);
}
