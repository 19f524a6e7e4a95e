using System.Net;
using System.Net.Sockets;

using BridgeNet.Addressing;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Takes a name and addresses for an endpoint. A claim is made in one step, so processes need no lock between them.</summary>
internal sealed class EndpointReservation(StateDirectory state)
{
    private readonly AddressAllocator _addresses = new(state);

    /// <summary>A record with a name and addresses claimed for it, and nothing in the kernel yet. On failure nothing stays claimed.</summary>
    public EndpointRecord Reserve(string id, NetworkRecord network, NetworkNamespace sandbox, EndpointRequest request)
    {
        string name = request.Name ?? id;
        if (!state.Names.TryClaim(name, id))
        {
            throw new EndpointConflictException(name, $"the name is taken by {state.Names.OwnerOf(name)}: choose another, or detach that one");
        }
        List<InterfaceAddress> claimed = [];
        try
        {
            Claim(id, network, AddressFamily.InterNetwork, network.IPv4, request.IPv4Address, claimed);
            Claim(id, network, AddressFamily.InterNetworkV6, network.IPv6, request.IPv6Address, claimed);
            return Describe(id, name, network, sandbox, request, claimed);
        }
        catch
        {
            claimed.ForEach(address => _addresses.GiveBack(id, network.Name, address.Address));
            state.Names.Release(name, id);
            throw;
        }
    }

    /// <summary>Gives back what was claimed for a record.</summary>
    public void Release(EndpointRecord record)
    {
        foreach (IPAddress address in record.OwnAddresses())
        {
            _addresses.Release(record.Id, record.Network, address);
        }
        state.Names.Release(record.Name, record.Id);
    }

    private void Claim(string id, NetworkRecord network, AddressFamily family, bool has, IPAddress? wanted, List<InterfaceAddress> claimed)
    {
        if (has)
        {
            (IPAddress address, AddressPool pool) = _addresses.Claim(id, network.Name, network.PoolsOf(family), wanted);
            claimed.Add(new InterfaceAddress(address, pool.Subnet.PrefixLength));
        }
        else if (wanted is not null)
        {
            throw new AddressUnavailableException(wanted, $"network {network.Name} has no {(family is AddressFamily.InterNetwork ? "IPv4" : "IPv6")}");
        }
    }

    private static EndpointRecord Describe(
        string id, string name, NetworkRecord network, NetworkNamespace sandbox, EndpointRequest request, List<InterfaceAddress> addresses)
    {
        MacAddress mac = request.MacAddress ?? NeighbourMemory.MacOf(addresses[0].Address);
        InterfaceAddress[] linkLocal = [.. request.LinkLocalAddresses, .. LinkLocalOf(mac, addresses.Concat(request.LinkLocalAddresses))];
        EndpointRecord record = new()
        {
            Id = id,
            Name = name,
            Network = network.Name,
            Sandbox = sandbox.Path,
            SandboxIdentity = EndpointMapping.IdentityOf(sandbox),
            InterfaceName = (request.InterfaceName ?? ContainerWiring.NameOf(network, 0)).ToString(),
            HostInterface = ContainerWiring.HostNameOf(id).ToString(),
            MacAddress = mac.ToString(),
            Addresses = [.. addresses.Select(address => address.ToString())],
            Gateways = request.DefaultRoute
                ? [.. addresses.Select(address => network.NextHopOf(address.Address)?.ToString()).OfType<string>()]
                : [],
            LinkLocalAddresses = linkLocal.Length == 0 ? null : [.. linkLocal.Select(address => address.ToString())],
            Routes = request.Routes.Count == 0 ? null : [.. request.Routes.Select(route => new RouteRecord(route.Destination.ToString(), route.NextHop?.ToString()))],
            Sysctls = request.Sysctls.Count == 0 ? null : request.Sysctls.ToDictionary(StringComparer.Ordinal),
            GatewayPriority = request.GatewayPriority,
            Unwatched = !request.AntiSpoofing,
            Ports = [],
        };
        return record.With(request.Bandwidth);
    }

    /// <summary>Who speaks IPv6 has an address of the link (RFC 4291, section 2.1); the kernel's own would be there only after a second's detection.</summary>
    private static IEnumerable<InterfaceAddress> LinkLocalOf(MacAddress mac, IEnumerable<InterfaceAddress> addresses)
    {
        InterfaceAddress[] v6 = [.. addresses.Where(address => address.IsIPv6)];
        return v6.Length == 0 || Array.Exists(v6, address => address.Address.IsIPv6LinkLocal) ? [] : [InterfaceAddress.LinkLocal(mac)];
    }
}
