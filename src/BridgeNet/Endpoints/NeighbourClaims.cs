using System.Net;
using System.Net.Sockets;

using BridgeNet.Announcing;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>
/// What an endpoint alone has on its link beside its addresses: link-local addresses that were asked for, and a MAC address that does not follow
/// from its IPv4 address. The claim on a MAC address is that on the link-local address which follows from it.
/// </summary>
/// <remarks>
/// Nearly all endpoints need no such claim: their MAC address is theirs as their IPv4 address is. A MAC address with another IPv4 address in it
/// claims that one too, so that no endpoint gets it, and with it the same MAC address.
/// </remarks>
internal sealed class NeighbourClaims(StateDirectory state)
{
    /// <summary>Takes what a request names, and the MAC address that it does not name. On failure nothing is taken.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="name">Its name, for the error.</param>
    /// <param name="network">Its network.</param>
    /// <param name="request">What it asks for.</param>
    /// <param name="addresses">The network's addresses for it.</param>
    /// <returns>The MAC address.</returns>
    /// <exception cref="AddressUnavailableException">Another endpoint has a link-local address, or it is of the network's own subnet.</exception>
    /// <exception cref="EndpointConflictException">Another endpoint has the MAC address.</exception>
    public MacAddress Take(string id, string name, NetworkState network, EndpointRequest request, List<InterfaceAddress> addresses)
    {
        MacAddress byDefault = NeighbourMemory.MacOf(addresses[0].Address); // IPv4 comes first
        MacAddress mac = request.MacAddress ?? byDefault;
        bool followsFromIPv4 = mac == byDefault && !addresses[0].IsIPv6;
        if (followsFromIPv4 && request.LinkLocalAddresses.Count == 0)
        {
            return mac;
        }
        List<IPAddress> taken = [];
        try
        {
            foreach (InterfaceAddress wanted in request.LinkLocalAddresses)
            {
                TakeAddress(id, network, wanted, taken);
            }
            return followsFromIPv4 ? mac : TakeMac(id, name, network, mac, request.MacAddress is null, taken);
        }
        catch
        {
            AddressClaims claims = state.AddressesOf(network.Name);
            taken.ForEach(address => claims.GiveBack(address, id));
            throw;
        }
    }

    /// <summary>Gives all of it back. None of it rests, for neighbours find an endpoint by its addresses.</summary>
    public void GiveBack(EndpointState endpoint)
    {
        foreach (IPAddress address in Of(endpoint)) // nearly always none
        {
            state.AddressesOf(endpoint.Network).GiveBack(address, endpoint.Id);
        }
    }

    /// <summary>The addresses whose claims an endpoint may have beside those on its own.</summary>
    public static IEnumerable<IPAddress> Of(EndpointState endpoint)
    {
        if (!FollowsFromIPv4(endpoint))
        {
            yield return InterfaceAddress.LinkLocal(endpoint.MacAddress).Address;
            if (endpoint.AddressOf(AddressFamily.InterNetwork) is not null && IPv4In(endpoint.MacAddress) is { } other)
            {
                yield return other;
            }
        }
        foreach (InterfaceAddress further in endpoint.LinkLocalAddresses)
        {
            if (!Follows(further.Address, endpoint.MacAddress))
            {
                yield return further.Address;
            }
        }
    }

    private void TakeAddress(string id, NetworkState network, InterfaceAddress wanted, List<IPAddress> taken)
    {
        IPAddress address = wanted.Address;
        if (network.Definition.Subnets.FirstOrDefault(subnet => subnet.Subnet.Contains(address)) is { } own)
        {
            string property = wanted.IsIPv6 ? nameof(EndpointRequest.IPv6Address) : nameof(EndpointRequest.IPv4Address);
            throw new AddressUnavailableException(
                address, $"it is of the network's own subnet {own.Subnet}: ask for it as {nameof(EndpointRequest)}.{property}");
        }
        if (!TryTake(id, network, address, taken, out string owner))
        {
            throw new AddressUnavailableException(address, $"endpoint {owner} has it: choose another, or detach that one");
        }
    }

    private MacAddress TakeMac(string id, string name, NetworkState network, MacAddress mac, bool isOurChoice, List<IPAddress> taken)
    {
        bool isOwn = TryTake(id, network, InterfaceAddress.LinkLocal(mac).Address, taken, out string owner);
        if (!isOwn && isOurChoice) // two IPv6 addresses may end alike
        {
            byte[] digits = Convert.FromHexString(id);
            mac = MacAddress.From([0x02, 0x42, digits[0], digits[1], digits[2], digits[3]]);
            isOwn = TryTake(id, network, InterfaceAddress.LinkLocal(mac).Address, taken, out owner);
        }
        if (isOwn && IPv4In(mac) is { } other && network.PoolsOf(AddressFamily.InterNetwork).Any(pool => pool.Refusal(other) is null))
        {
            isOwn = TryTake(id, network, other, taken, out owner);
        }
        return isOwn
            ? mac
            : throw new EndpointConflictException(
                name,
                $"endpoint {owner} has the MAC address {mac}, or the address in it: "
                + $"choose another ({nameof(EndpointRequest)}.{nameof(EndpointRequest.MacAddress)}), or detach that one");
    }

    private bool TryTake(string id, NetworkState network, IPAddress address, List<IPAddress> taken, out string owner)
    {
        AddressClaims claims = state.AddressesOf(network.Name);
        owner = "";
        if (claims.TryTake(address, id))
        {
            taken.Add(address);
            return true;
        }
        owner = claims.OwnerOf(address) ?? "of another process";
        return false;
    }

    private static bool FollowsFromIPv4(EndpointState endpoint) =>
        endpoint.AddressOf(AddressFamily.InterNetwork) is { } own && endpoint.MacAddress == NeighbourMemory.MacOf(own.Address);

    /// <summary>Whether an address is the link-local one of a MAC address.</summary>
    private static bool Follows(IPAddress address, MacAddress mac) => address.Equals(InterfaceAddress.LinkLocal(mac).Address);

    /// <summary>The IPv4 address whose endpoint has a MAC address by default; null if there is none.</summary>
    private static IPAddress? IPv4In(MacAddress mac)
    {
        Span<byte> bytes = stackalloc byte[MacAddress.Length];
        mac.CopyTo(bytes);
        return bytes is [0x02, 0x42, ..] ? new IPAddress(bytes[2..]) : null;
    }
}
