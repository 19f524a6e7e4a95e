using System.Net;

using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>What the bridge itself has, and the host's other interfaces on it: no endpoint may speak as one of them.</summary>
internal static class BridgeNeighbours
{
    /// <summary>Refuses a MAC or link-local address that was asked for and is the bridge's. Whoever asks for neither is not looked at.</summary>
    /// <exception cref="EndpointConflictException">It is the MAC address of the bridge or of one of its ports.</exception>
    /// <exception cref="AddressUnavailableException">It is an address of the bridge.</exception>
    public static void Check(RouteSocket route, NetworkState network, EndpointState endpoint, EndpointRequest request)
    {
        if ((request.MacAddress is null && request.LinkLocalAddresses.Count == 0) || route.TryGetIndex(network.Device) is not { } bridge)
        {
            return;
        }
        if (request.MacAddress is { } mac
            && route.ListLinks().FirstOrDefault(link => link.MacAddress == mac && (link.Index == bridge || link.Master == bridge)) is { } other)
        {
            throw new EndpointConflictException(
                endpoint.Name,
                $"the host's {other.Name} has the MAC address {mac}: "
                + $"choose another ({nameof(EndpointRequest)}.{nameof(EndpointRequest.MacAddress)})");
        }
        HashSet<IPAddress> asked = [.. request.LinkLocalAddresses.Select(address => address.Address)];
        if (asked.Count > 0 && route.ListAddresses(bridge).FirstOrDefault(listed => asked.Contains(listed.Address.Address)) is { } taken)
        {
            throw new AddressUnavailableException(taken.Address.Address, $"the bridge {network.Device} has it: choose another");
        }
    }
}
