using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Cli.Demo;

/// <summary>What the kernel shows of a namespace. The demo checks the driver's work with it.</summary>
internal sealed class HostView : IDisposable
{
    private static readonly NftTableId s_table = new(NftFamily.Inet, "bridgenet");

    private readonly NetfilterSocket? _netfilter;

    /// <summary>Opens the view.</summary>
    /// <param name="place">The namespace.</param>
    /// <param name="seesTables">Whether to see nf_tables too.</param>
    public HostView(NetworkNamespace place, bool seesTables = true)
    {
        Route = place.Run(RouteSocket.Open);
        _netfilter = seesTables ? place.Run(NetfilterSocket.Open) : null;
    }

    /// <summary>For links, addresses and routes.</summary>
    public RouteSocket Route { get; }

    /// <summary>Whether BridgeNet's table is there.</summary>
    public bool HasTable => _netfilter?.ListTables().Any(table => table.Id == s_table) is true;

    /// <summary>The links and tables that are there.</summary>
    public HostSnapshot Snapshot() => new(
        [.. Route.ListLinks().Select(link => link.Name.ToString())],
        [.. _netfilter?.ListTables().Select(table => table.Id.ToString()) ?? []]);

    /// <summary>A link.</summary>
    /// <exception cref="DemoException">It is not there.</exception>
    public Link Link(InterfaceName name) =>
        Route.TryGetLink(LinkSelector.ByName(name)) ?? throw new DemoException($"the kernel shows no link {name}");

    /// <summary>A link's IPv4 address.</summary>
    /// <exception cref="DemoException">It has none.</exception>
    public InterfaceAddress Address(Link link) =>
        Route.ListAddresses(link.Index).FirstOrDefault(address => !address.Address.IsIPv6)?.Address
        ?? throw new DemoException($"the kernel shows no IPv4 address on {link.Name}");

    /// <summary>Whether no route of the host, the default one apart, meets a subnet.</summary>
    public bool IsFree(IPNetwork subnet) => !Route.ListRoutes(System.Net.Sockets.AddressFamily.InterNetwork).Any(route =>
        route.Destination is { PrefixLength: > 0 } taken && (taken.Contains(subnet.BaseAddress) || subnet.Contains(taken.BaseAddress)));

    /// <inheritdoc/>
    public void Dispose()
    {
        Route.Dispose();
        _netfilter?.Dispose();
    }
}
