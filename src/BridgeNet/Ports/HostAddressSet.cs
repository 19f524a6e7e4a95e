using System.Net;

namespace BridgeNet.Ports;

/// <summary>
/// Addresses of the host that do not overlap: all of a family (the wildcard) or some of it, for each family by itself. That is how the
/// kernel has it with the addresses at which one port is bound.
/// </summary>
internal sealed class HostAddressSet
{
    private readonly List<IPAddress> _addresses = new(2);

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<IPAddress> Addresses => _addresses;

    /// <summary>Whether the address, or another that it overlaps, is in the set.</summary>
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

    /// <summary>Adds an address that overlaps none.</summary>
    public void Add(IPAddress address)
    {
        if (!_addresses.Contains(address))
        {
            _addresses.Add(address);
        }
    }

    private static bool IsWildcard(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
