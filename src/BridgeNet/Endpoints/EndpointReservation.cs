using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Takes a name and addresses for an endpoint. A claim is made in one step, so processes need no lock between them.</summary>
internal sealed class EndpointReservation(StateDirectory state)
{
    private readonly AddressAllocator _addresses = new(state);
    private readonly NeighbourClaims _neighbours = new(state);

    /// <summary>An endpoint with a name and addresses claimed for it, and nothing in the kernel yet. On failure nothing stays claimed.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="network">Its network.</param>
    /// <param name="sandbox">The container; null if somebody else moves the interface into it.</param>
    /// <param name="cookie">The number of the container's namespace; null if the kernel gives none.</param>
    /// <param name="request">What is asked for.</param>
    public EndpointState Reserve(string id, NetworkState network, NetworkNamespace? sandbox, ulong? cookie, EndpointRequest request)
    {
        string name = request.Name ?? id;
        if (request.Name is { } asked && EndpointId.IsValid(asked) && state.Endpoints.Exists(asked))
        {
            throw new EndpointConflictException(asked, "it is the id of another endpoint: choose another name, or detach that one");
        }
        if (!state.Names.TryClaim(name, id))
        {
            string owner = state.Names.OwnerOf(name) ?? "a file that is no claim";
            throw new EndpointConflictException(name, $"the name is taken by {owner}: choose another, or " + (state.Endpoints.Exists(owner)
                ? "detach that one"
                : "free it, if whoever claimed it died (BridgeDriver.CollectGarbage)"));
        }
        List<InterfaceAddress> claimed = [];
        try
        {
            Claim(id, network, AddressFamily.InterNetwork, network.Definition.IPv4, request.IPv4Address, claimed);
            Claim(id, network, AddressFamily.InterNetworkV6, network.Definition.IPv6, request.IPv6Address, claimed);
            MacAddress mac = _neighbours.Take(id, name, network, request, claimed);
            return Describe(id, name, network, sandbox, request, claimed, mac) with { SandboxCookie = (long?)cookie };
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
        _neighbours.GiveBack(endpoint);
        state.Names.Release(endpoint.Name, endpoint.Id);
    }

    /// <summary>Gives back what was claimed for an endpoint that nobody on the network has seen.</summary>
    public void GiveBack(EndpointState endpoint)
    {
        foreach (IPAddress address in endpoint.OwnAddresses)
        {
            _addresses.GiveBack(endpoint.Id, endpoint.Network, address);
        }
        _neighbours.GiveBack(endpoint);
        state.Names.Release(endpoint.Name, endpoint.Id);
    }

    /// <summary>Takes again what an endpoint has by its record, where the claim was lost.</summary>
    /// <returns>What was taken, without an owner; and what another endpoint has by now, with that one's id.</returns>
    public IReadOnlyList<(string Thing, string? Owner)> TakeAgain(EndpointState endpoint)
    {
        AddressClaims addresses = state.AddressesOf(endpoint.Network);
        List<(string, string?)> found = [];
        void Take(string thing, Func<string?> ownerOf, Func<bool> tryTake)
        {
            if (ownerOf() is not { } owner)
            {
                found.Add((thing, tryTake() ? null : ownerOf()));
            }
            else if (!string.Equals(owner, endpoint.Id, StringComparison.Ordinal))
            {
                found.Add((thing, owner));
            }
        }

        Take($"the name {endpoint.Name}", () => state.Names.OwnerOf(endpoint.Name), () => state.Names.TryClaim(endpoint.Name, endpoint.Id));
        foreach (IPAddress address in endpoint.OwnAddresses.Concat(NeighbourClaims.Of(endpoint)))
        {
            Take($"{address}", () => addresses.OwnerOf(address), () => addresses.TryTake(address, endpoint.Id));
        }
        return found;
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
            string missing = family is AddressFamily.InterNetwork ? "IPv4" : "IPv6";
            throw new AddressUnavailableException(wanted, $"network {network.Name} has no {missing}");
        }
    }

    private static EndpointState Describe(
        string id, string name, NetworkState network, NetworkNamespace? sandbox,
        EndpointRequest request, List<InterfaceAddress> addresses, MacAddress mac)
    {
        return new EndpointState
        {
            Id = id,
            Name = name,
            Aliases = request.Aliases,
            NameServers = network.NameServersOf(addresses),
            Network = network.Name,
            SandboxPath = sandbox?.Path ?? "",
            SandboxIdentity = sandbox?.Identity ?? default,
            InterfaceName = sandbox is null ? LinkNames.OfPrepared(id) : request.InterfaceName ?? LinkNames.OfContainer(network.Definition, 0),
            HostInterface = LinkNames.OfVeth(id),
            MacAddress = mac,
            Addresses = [.. addresses],
            Gateways = request.DefaultRoute ? GatewaysOf(network, addresses) : [],
            LinkLocalAddresses = LinkLocalOf(mac, addresses, request.LinkLocalAddresses),
            Routes = request.Routes,
            Sysctls = request.Sysctls,
            GatewayPriority = request.GatewayPriority,
            AntiSpoofing = request.AntiSpoofing,
            Bandwidth = Bandwidth.Normalize(request.Bandwidth),
            Ports = [],
        };
    }

    private static ValueList<IPAddress> GatewaysOf(NetworkState network, List<InterfaceAddress> addresses)
    {
        Span<IPAddress> gateways = new IPAddress[addresses.Count];
        int count = 0;
        foreach (InterfaceAddress address in addresses)
        {
            if (network.NextHopOf(address.Address) is { } hop)
            {
                gateways[count++] = hop;
            }
        }
        return new ValueList<IPAddress>(gateways[..count]);
    }

    /// <summary>
    /// The addresses asked for, and with IPv6 one of the link (RFC 4291, section 2.1). The kernel would make its own only after a second, in which it
    /// looks for duplicates.
    /// </summary>
    private static ValueList<InterfaceAddress> LinkLocalOf(MacAddress mac, List<InterfaceAddress> addresses, ValueList<InterfaceAddress> further)
    {
        bool hasIPv6 = addresses.Exists(address => address.IsIPv6) || further.Any(address => address.IsIPv6);
        return !hasIPv6 || addresses.Exists(address => address.Address.IsIPv6LinkLocal) || further.Any(address => address.Address.IsIPv6LinkLocal)
            ? further
            : [.. further, InterfaceAddress.LinkLocal(mac)];
    }
}
