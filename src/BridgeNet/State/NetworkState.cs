using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;

namespace BridgeNet.State;

/// <summary>A made network as its record has it: the definition with everything chosen, and how the bridge was before.</summary>
/// <remarks>Code never changes it; only <see cref="NetworkFields"/> sets members while it reads a record.</remarks>
internal sealed class NetworkState : IRecord
{
    private static readonly IPAddress[] s_everywhere = [IPAddress.Any, IPAddress.IPv6Any];
    private static readonly IPAddress[] s_everywhereOfIPv4 = [IPAddress.Any];
    private static readonly IPAddress[] s_everywhereOfIPv6 = [IPAddress.IPv6Any];

    private AddressPool[]? _pools4;
    private AddressPool[]? _pools6;

    /// <inheritdoc/>
    public int Schema { get; set; } = RecordSchema.Current;

    /// <summary>Twelve hexadecimal digits, drawn when the network was made.</summary>
    public required string Id { get; set; }

    /// <summary>The definition, with device, subnets and gateways; <see cref="NetworkDefinition.Adopt"/> if the bridge was there before.</summary>
    public required NetworkDefinition Definition { get; set; }

    /// <summary>Whether the adopted bridge was up before, and so stays up.</summary>
    public bool WasUp { get; set; }

    /// <summary>Whether route_localnet of the adopted bridge was on before, and so stays on.</summary>
    public bool HadRouteLocalnet { get; set; }

    /// <summary>The subnets whose gateway address was on the adopted bridge before, and so stays when the network is removed.</summary>
    public ValueList<IPNetwork> SubnetsBefore { get; set; }

    /// <summary>The network's name, which is the file's too.</summary>
    public string Name => Definition.Name;

    /// <summary>The bridge.</summary>
    public InterfaceName Device => Definition.Device ?? throw new InvalidOperationException($"network {Name} has no device");

    /// <summary>A family's address pools, in order.</summary>
    public IReadOnlyList<AddressPool> PoolsOf(AddressFamily family) => family is AddressFamily.InterNetworkV6
        ? _pools6 ??= MakePools(AddressFamily.InterNetworkV6)
        : _pools4 ??= MakePools(AddressFamily.InterNetwork);

    /// <summary>The next hop of a container's default route, by the subnet of its address; null if there is none.</summary>
    public IPAddress? NextHopOf(IPAddress address)
    {
        if (!Definition.Internal)
        {
            foreach (SubnetDefinition subnet in Definition.Subnets.AsSpan())
            {
                if (subnet.Subnet.Contains(address))
                {
                    return subnet.NextHop ?? subnet.Gateway;
                }
            }
        }
        return null;
    }

    /// <summary>Where its containers ask for names: the bridge's own addresses; none without DNS.</summary>
    public IEnumerable<IPAddress> NameServers =>
        Definition.Subnets.Where(subnet => Definition.HasNames(subnet)).Select(subnet => subnet.Gateway!);

    /// <summary>Where a container asks for names: the gateways of its addresses' subnets; none without DNS.</summary>
    public ValueList<IPAddress> NameServersOf(IReadOnlyList<InterfaceAddress> addresses)
    {
        if (Definition.Dns is not true)
        {
            return [];
        }
        Span<IPAddress> servers = new IPAddress[addresses.Count];
        int count = 0;
        foreach (InterfaceAddress address in addresses)
        {
            foreach (SubnetDefinition subnet in Definition.Subnets.AsSpan())
            {
                if (subnet.Subnet.Contains(address.Address) && Definition.HasNames(subnet))
                {
                    servers[count++] = subnet.Gateway!;
                    break;
                }
            }
        }
        return new ValueList<IPAddress>(servers[..count]);
    }

    /// <summary>The default host addresses for ports, of the families in which the endpoint has an address.</summary>
    public IReadOnlyList<IPAddress> HostAddresses(bool hasIPv6)
    {
        if (Definition.HostBinding is { } binding && !binding.Equals(IPAddress.Any))
        {
            return (binding.AddressFamily is AddressFamily.InterNetwork ? Definition.IPv4 : hasIPv6) ? [binding] : [];
        }
        return Definition.IPv4
            ? hasIPv6 ? s_everywhere : s_everywhereOfIPv4
            : hasIPv6 ? s_everywhereOfIPv6 : [];
    }

    private AddressPool[] MakePools(AddressFamily family) =>
    [
        .. from subnet in Definition.Subnets
           where subnet.Family == family
           select new AddressPool(
               subnet.Subnet,
               subnet.Gateway,
               subnet.Range,
               [.. subnet.Auxiliary.Select(entry => entry.Value), .. subnet.NextHop is { } hop ? [hop] : Array.Empty<IPAddress>()]),
    ];
}
