using System.Net;

using BridgeNet.Addressing;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Takes a name and an address for an endpoint. A claim is made in one step, so processes need no lock between them.</summary>
internal sealed class EndpointReservation(StateDirectory state)
{
    /// <summary>A record with a name and an address claimed for it, and nothing in the kernel yet. On failure nothing stays claimed.</summary>
    public EndpointRecord Reserve(string id, NetworkRecord network, NetworkNamespace sandbox, EndpointRequest request)
    {
        string name = request.Name ?? id;
        if (!state.Names.TryClaim(name, id))
        {
            throw new EndpointConflictException(name, $"the name is taken by {state.Names.OwnerOf(name)}: choose another, or detach that one");
        }
        try
        {
            IPAddress address = ClaimAddress(id, network, request.IPv4Address);
            return new EndpointRecord
            {
                Id = id,
                Name = name,
                Network = network.Name,
                Sandbox = sandbox.Path,
                InterfaceName = (request.InterfaceName ?? ContainerWiring.FirstInterfaceName).ToString(),
                HostInterface = $"veth{id.AsSpan(0, 10)}",
                MacAddress = (request.MacAddress ?? MacAddress.FromIPv4(address)).ToString(),
                Address = new InterfaceAddress(address, IPNetwork.Parse(network.Subnet).PrefixLength).ToString(),
                Gateway = InterfaceAddress.Parse(network.Gateway).Address.ToString(),
                Ports = [],
            };
        }
        catch
        {
            state.Names.Release(name, id);
            throw;
        }
    }

    /// <summary>Gives back what was claimed for a record.</summary>
    public void Release(EndpointRecord record)
    {
        using ClaimStore addresses = state.OpenAddresses(record.Network);
        addresses.Release(record.ContainerAddress().ToString(), record.Id);
        state.Names.Release(record.Name, record.Id);
    }

    private IPAddress ClaimAddress(string id, NetworkRecord network, IPAddress? wanted)
    {
        AddressPool pool = new(IPNetwork.Parse(network.Subnet), InterfaceAddress.Parse(network.Gateway).Address);
        using ClaimStore addresses = state.OpenAddresses(network.Name);
        if (wanted is not null)
        {
            string? refusal = pool.Refusal(wanted);
            if (refusal is null && !addresses.TryClaim(wanted.ToString(), id))
            {
                refusal = $"endpoint {addresses.OwnerOf(wanted.ToString())} has it: choose another, or detach that one";
            }
            return refusal is null ? wanted : throw new AddressUnavailableException(wanted, refusal);
        }
        IPAddress? last = IPAddress.TryParse(state.Cursors.Read(network.Name), out IPAddress? noted) ? noted : null;
        foreach (IPAddress candidate in pool.From(last))
        {
            if (addresses.TryClaim(candidate.ToString(), id))
            {
                state.Cursors.Note(network.Name, candidate.ToString());
                return candidate;
            }
        }
        throw new AddressPoolExhaustedException(network.Name, pool.Subnet);
    }
}
