using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Ports;

/// <summary>
/// Addresses of the host that do not overlap: for each family either the wildcard or single addresses. The kernel's rule is the same for the
/// addresses at which one port is bound.
/// </summary>
internal sealed class HostAddressSet
{
    private readonly HashSet<IPAddress> _addresses = [];
    private int _ofIPv4;
    private int _ofIPv6;

    /// <summary>The addresses, unordered.</summary>
    public IReadOnlyCollection<IPAddress> Addresses => _addresses;

    /// <summary>Whether the set has the address or one that overlaps it.</summary>
    public bool Overlaps(IPAddress address)
    {
        bool isIPv6 = address.AddressFamily is AddressFamily.InterNetworkV6;
        IPAddress wildcard = isIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        return address.Equals(wildcard)
            ? (isIPv6 ? _ofIPv6 : _ofIPv4) > 0
            : _addresses.Contains(address) || _addresses.Contains(wildcard);
    }

    /// <summary>Adds an address that overlaps no other.</summary>
    public void Add(IPAddress address)
    {
        if (_addresses.Add(address))
        {
            _ = address.AddressFamily is AddressFamily.InterNetworkV6 ? _ofIPv6++ : _ofIPv4++;
        }
    }
}
