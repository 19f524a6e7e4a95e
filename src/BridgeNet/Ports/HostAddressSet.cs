using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Ports;

/// <summary>
/// Addresses of the host that do not overlap: all of a family (the wildcard) or some of it, for each family by itself. That is how the
/// kernel has it with the addresses at which one port is bound.
/// </summary>
internal sealed class HostAddressSet
{
    private readonly HashSet<IPAddress> _addresses = [];
    private int _ofIPv4;
    private int _ofIPv6;

    /// <summary>In no order.</summary>
    public IReadOnlyCollection<IPAddress> Addresses => _addresses;

    /// <summary>Whether the address, or another that it overlaps, is in the set.</summary>
    public bool Overlaps(IPAddress address)
    {
        bool isIPv6 = address.AddressFamily is AddressFamily.InterNetworkV6;
        IPAddress wildcard = isIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        return address.Equals(wildcard)
            ? (isIPv6 ? _ofIPv6 : _ofIPv4) > 0
            : _addresses.Contains(address) || _addresses.Contains(wildcard);
    }

    /// <summary>Adds an address that overlaps none.</summary>
    public void Add(IPAddress address)
    {
        if (_addresses.Add(address))
        {
            _ = address.AddressFamily is AddressFamily.InterNetworkV6 ? _ofIPv6++ : _ofIPv4++;
        }
    }
}
