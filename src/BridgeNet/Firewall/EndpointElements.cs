using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.State;

namespace BridgeNet.Firewall;

/// <summary>An endpoint as elements of the spoof guard.</summary>
internal static class EndpointElements
{
    /// <summary>All of them; none of an endpoint that may send as anybody.</summary>
    public static IEnumerable<TableElement> Of(EndpointState endpoint)
    {
        if (!endpoint.AntiSpoofing)
        {
            yield break;
        }
        yield return In(SpoofGuard.Ports, new NftElement { Key = NftValue.Interface(endpoint.HostInterface), Comment = endpoint.Id });
        foreach (IPAddress address in Speaking(endpoint, AddressFamily.InterNetwork, IPAddress.Any))
        {
            yield return In(SpoofGuard.Owners4, Key(endpoint, address));
        }
        foreach (IPAddress address in Speaking(endpoint, AddressFamily.InterNetworkV6, IPAddress.IPv6Any))
        {
            yield return In(SpoofGuard.Owners6, Key(endpoint, address));
            if (!address.Equals(IPAddress.IPv6Any))
            {
                yield return In(SpoofGuard.Targets6, Key(endpoint, address));
            }
        }
    }

    /// <summary>The addresses of a family that it may speak from: none if it has none of that family.</summary>
    private static IEnumerable<IPAddress> Speaking(EndpointState endpoint, AddressFamily family, IPAddress asking)
    {
        IPAddress[] own = [.. endpoint.InterfaceAddresses.Select(address => address.Address).Where(address => address.AddressFamily == family)];
        return own.Length == 0 ? []
            : family is AddressFamily.InterNetwork ? [.. own, asking]
            : [.. own, InterfaceAddress.LinkLocal(endpoint.MacAddress).Address, asking];
    }

    private static NftElement Key(EndpointState endpoint, IPAddress address) =>
        new() { Key = new NftKey().Interface(endpoint.HostInterface).Mac(endpoint.MacAddress).Address(address).ToValue() };

    private static TableElement In(string set, NftElement element) => new(SpoofGuard.Table, set, element);
}
