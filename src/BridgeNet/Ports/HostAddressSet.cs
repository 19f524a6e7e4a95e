using System.Net;

namespace BridgeNet.Ports;

/// <summary>
/// Addresses of the host that do not overlap: for each family either the wildcard or single addresses. The kernel's rule is the same for the
/// addresses at which one port is bound.
/// </summary>
internal sealed class HostAddressSet
{
    private readonly List<IPAddress> _addresses = new(2);

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<IPAddress> Addresses => _addresses;

    /// <summary>Whether the set has the address or one that overlaps it.</summary>
    public bool Overlaps(IPAddress address)
    {
        foreach (IPAddress other in _addresses)
        {
            if (other.AddressFamily == address.AddressFamily && (IsWildcard(other) || IsWildcard(address) || other.Equals(address)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Adds an address that overlaps no other.</summary>
    public void Add(IPAddress address)
    {
        if (!_addresses.Contains(address))
        {
            _addresses.Add(address);
        }
    }

    private static bool IsWildcard(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
