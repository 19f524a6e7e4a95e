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
    public static IReadOnlyList<TableElement> Of(EndpointState endpoint)
    {
        List<TableElement> elements = [];
        AddTo(elements, endpoint);
        return elements;
    }

    /// <summary>Adds all of them to others.</summary>
    public static void AddTo(List<TableElement> elements, EndpointState endpoint)
    {
        if (!endpoint.AntiSpoofing)
        {
            return;
        }
        elements.Add(In(SpoofGuard.Ports, new NftElement { Key = NftValue.Interface(endpoint.HostInterface), Comment = endpoint.Id }));
        bool hasIPv4 = false, hasIPv6 = false;
        ReadOnlySpan<ValueList<InterfaceAddress>> all = [endpoint.Addresses, endpoint.LinkLocalAddresses];
        foreach (ValueList<InterfaceAddress> addresses in all)
        {
            foreach (InterfaceAddress own in addresses.AsSpan())
            {
                AddOwn(elements, endpoint, own.Address);
                hasIPv4 |= !own.IsIPv6;
                hasIPv6 |= own.IsIPv6;
            }
        }
        if (hasIPv4)
        {
            elements.Add(In(SpoofGuard.Owners4, Element(endpoint, IPAddress.Any))); // it asks whether an address is taken
        }
        if (hasIPv6)
        {
            IPAddress linkLocal = InterfaceAddress.LinkLocal(endpoint.MacAddress).Address;
            if (!endpoint.InterfaceAddresses.Any(own => own.Address.Equals(linkLocal)))
            {
                AddOwn(elements, endpoint, linkLocal);
            }
            elements.Add(In(SpoofGuard.Owners6, Element(endpoint, IPAddress.IPv6Any)));
        }
    }

    private static void AddOwn(List<TableElement> elements, EndpointState endpoint, IPAddress address)
    {
        NftElement element = Element(endpoint, address);
        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            elements.Add(In(SpoofGuard.Owners4, element));
            return;
        }
        elements.Add(In(SpoofGuard.Owners6, element));
        elements.Add(In(SpoofGuard.Targets6, element));
    }

    private static NftElement Element(EndpointState endpoint, IPAddress address) =>
        new() { Key = new NftKey().Interface(endpoint.HostInterface).Mac(endpoint.MacAddress).Address(address).ToValue() };

    private static TableElement In(string set, NftElement element) => new(SpoofGuard.Table, set, element);
}
