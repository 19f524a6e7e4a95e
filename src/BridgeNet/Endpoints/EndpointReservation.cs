using System.Net;
using System.Net.Sockets;

using BridgeNet.Addressing;
using BridgeNet.Announcing;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Takes a name and addresses for an endpoint. A claim is made in one step, so processes need no lock between them.</summary>
internal sealed class EndpointReservation(StateDirectory state)
{
    private readonly AddressAllocator _addresses = new(state);

    /// <summary>An endpoint with a name and addresses claimed for it, and nothing in the kernel yet. On failure nothing stays claimed.</summary>
    public EndpointState Reserve(string id, NetworkState network, NetworkNamespace sandbox, EndpointRequest request)
    {
        string name = request.Name ?? id;
        if (!state.Names.TryClaim(name, id))
        {
            throw new EndpointConflictException(name, $"the name is taken by {state.Names.OwnerOf(name)}: choose another, or detach that one");
        }
        List<InterfaceAddress> claimed = [];
        try
        {
            Claim(id, network, AddressFamily.InterNetwork, network.Definition.IPv4, request.IPv4Address, claimed);
            Claim(id, network, AddressFamily.InterNetworkV6, network.Definition.IPv6, request.IPv6Address, claimed);
            return Describe(id, name, network, sandbox, request, claimed);
        }
        catch
        {
            claimed.ForEach(address => _addresses.GiveBack(id, network.Name, address.Address));
            state.Names.Release(name, id);
            throw;
        }
    }

    /// <summary>Gives back what was claimed for an endpoint; its addresses rest for a while.</summary>
    public void Release(EndpointState endpoint)
    {
        foreach (IPAddress address in endpoint.OwnAddresses)
        {
            _addresses.Release(endpoint.Id, endpoint.Network, address);
        }
        state.Names.Release(endpoint.Name, endpoint.Id);
    }

    /// <summary>Gives back what was claimed for an endpoint that nobody on the network has seen.</summary>
    public void GiveBack(EndpointState endpoint)
    {
        foreach (IPAddress address in endpoint.OwnAddresses)
        {
            _addresses.GiveBack(endpoint.Id, endpoint.Network, address);
        }
        state.Names.Release(endpoint.Name, endpoint.Id);
    }

    private void Claim(string id, NetworkState network, AddressFamily family, bool has, IPAddress? wanted, List<InterfaceAddress> claimed)
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

    private static EndpointState Describe(
        string id, string name, NetworkState network, NetworkNamespace sandbox, EndpointRequest request, List<InterfaceAddress> addresses)
    {
        MacAddress mac = request.MacAddress ?? NeighbourMemory.MacOf(addresses[0].Address);
        return new EndpointState
        {
            Id = id,
            Name = name,
            Network = network.Name,
            SandboxPath = sandbox.Path,
            SandboxIdentity = sandbox.Identity,
            InterfaceName = request.InterfaceName ?? LinkNames.OfContainer(network.Definition, 0),
            HostInterface = LinkNames.OfVeth(id),
            MacAddress = mac,
            Addresses = [.. addresses],
            Gateways = request.DefaultRoute ? [.. addresses.Select(address => network.NextHopOf(address.Address)).OfType<IPAddress>()] : [],
            LinkLocalAddresses = [.. request.LinkLocalAddresses, .. LinkLocalOf(mac, addresses.Concat(request.LinkLocalAddresses))],
            Routes = request.Routes,
            Sysctls = request.Sysctls,
            GatewayPriority = request.GatewayPriority,
            AntiSpoofing = request.AntiSpoofing,
            Bandwidth = Bandwidth.Normalize(request.Bandwidth),
            Ports = [],
        };
    }

    /// <summary>Who speaks IPv6 has an address of the link (RFC 4291, section 2.1); the kernel's own would be there only after a second's detection.</summary>
    private static IEnumerable<InterfaceAddress> LinkLocalOf(MacAddress mac, IEnumerable<InterfaceAddress> addresses)
    {
        InterfaceAddress[] v6 = [.. addresses.Where(address => address.IsIPv6)];
        return v6.Length == 0 || Array.Exists(v6, address => address.Address.IsIPv6LinkLocal) ? [] : [InterfaceAddress.LinkLocal(mac)];
    }
}
