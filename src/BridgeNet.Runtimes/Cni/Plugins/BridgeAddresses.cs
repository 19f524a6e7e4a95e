using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Completes the addresses that an IPAM plugin gave.</summary>
internal static class BridgeAddresses
{
    /// <summary>The addresses with gateways, and the routes with default ones, as far as the plan asks for them.</summary>
    public static CniResult Complete(BridgePlan plan, CniResult given)
    {
        if (!plan.IsGateway)
        {
            return given;
        }
        CniAddress[] addresses = [.. given.Addresses.Select(
            address => address with { Gateway = address.Gateway ?? FirstOf(address.Address.Subnet) })];
        return given with
        {
            Addresses = [.. addresses],
            Routes = plan.IsDefaultGateway ? [.. given.Routes, .. MissingDefaults(addresses, given.Routes)] : given.Routes,
        };
    }

    /// <summary>The gateways with the prefixes of their networks, each once.</summary>
    public static IEnumerable<InterfaceAddress> GatewaysOf(CniResult addresses) => addresses.Addresses
        .SelectMany(
            address => address.Gateway is { } gateway
                ? [new InterfaceAddress(gateway, address.Address.PrefixLength)]
                : Array.Empty<InterfaceAddress>())
        .Distinct();

    /// <summary>The name servers: the runtime's, else the configuration's, else the IPAM plugin's.</summary>
    public static CniDns? DnsOf(CniCall call, CniDns? given)
    {
        if (call.Configuration.RuntimeConfig?.Dns is { } runtime)
        {
            CniDns asked = new() { Nameservers = runtime.Servers, Search = runtime.Searches, Options = runtime.Options };
            if (!asked.IsEmpty)
            {
                return asked;
            }
        }
        return call.Configuration.Dns is { IsEmpty: false } configured ? configured : given;
    }

    private static IEnumerable<CniRoute> MissingDefaults(IEnumerable<CniAddress> addresses, IReadOnlyCollection<CniRoute> routes) => addresses
        .DistinctBy(address => address.Address.Address.AddressFamily)
        .Select(address => new CniRoute
        {
            Destination = address.Address.Address.AddressFamily is AddressFamily.InterNetwork ? IPRoute.AnyIPv4 : IPRoute.AnyIPv6,
            Gateway = address.Gateway,
        })
        .Where(route => !routes.Any(other => other.Destination.Equals(route.Destination)));

    private static IPAddress FirstOf(IPNetwork subnet)
    {
        AddressNumber network = AddressNumber.From(subnet.BaseAddress);
        return (network with { Value = network.Value + 1 }).ToAddress();
    }
}
