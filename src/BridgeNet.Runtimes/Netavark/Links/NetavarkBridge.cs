using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The bridge of a network. The first container makes it, and the last one takes it away, unless it was there before the network.</summary>
internal static class NetavarkBridge
{
    /// <summary>What <c>ip link</c> shows as alias of a bridge that we made.</summary>
    public const string Alias = "bridgenet netavark";

    /// <summary>Finds or makes the bridge, gives it the network's gateways, and brings it up.</summary>
    /// <param name="route">The host's socket.</param>
    /// <param name="network">The network.</param>
    /// <param name="mtu">The MTU of one that is made.</param>
    /// <param name="isMade">Whether it was made now.</param>
    /// <exception cref="NetavarkException">A link of that name is no bridge, or an unmanaged bridge is not there.</exception>
    public static Link Ensure(RouteSocket route, NetavarkNetwork network, int? mtu, out bool isMade)
    {
        LinkSelector selector = LinkSelector.ByName(NameOf(network));
        Link? found = route.TryGetLink(selector);
        isMade = found is null;
        if (network.IsUnmanaged)
        {
            return found is { Kind: BridgeKind } ? found : throw new NetavarkException(
                found is null
                    ? $"in unmanaged mode, the bridge must already exist on the host: make {network.Interface} first"
                    : AnotherKind(found));
        }
        Link bridge = found ?? Create(route, network, mtu);
        if (bridge.Kind is not BridgeKind)
        {
            throw new NetavarkException(AnotherKind(bridge));
        }
        SetUp(route, network, bridge);
        return bridge;
    }

    /// <summary>Deletes the bridge if it has no port any more.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool RemoveIfEmpty(RouteSocket route, NetavarkNetwork network)
    {
        if (route.TryGetLink(LinkSelector.ByName(NameOf(network))) is not { Kind: BridgeKind } bridge)
        {
            return true;
        }
        return route.ListLinks(bridge.Index, hasStatistics: false).Count == 0 && route.DeleteLink(LinkSelector.ByIndex(bridge.Index));
    }

    /// <summary>The bridge's ports; none if it is not there.</summary>
    public static IReadOnlyList<Link> ListPorts(RouteSocket route, NetavarkNetwork network) =>
        route.TryGetLink(LinkSelector.ByName(NameOf(network))) is { Kind: BridgeKind } bridge
            ? route.ListLinks(bridge.Index, hasStatistics: false)
            : [];

    /// <summary>The bridge's name.</summary>
    /// <exception cref="NetavarkException">No interface can have it.</exception>
    public static InterfaceName NameOf(NetavarkNetwork network) => InterfaceName.TryParse(network.Interface, null, out InterfaceName name)
        ? name
        : throw new NetavarkException($"network {network.Name}: network_interface \"{network.Interface}\" is no interface's name");

    private static string AnotherKind(Link link) =>
        $"bridge interface {link.Name} already exists but is a {link.Kind?.Name ?? "link without a kind"} interface: name another one, or delete it";

    private static Link Create(RouteSocket route, NetavarkNetwork network, int? mtu)
    {
        Link wanted = new() { Name = NameOf(network), Kind = new BridgeKind(), Mtu = mtu };
        try
        {
            route.Batch().CreateLink(wanted).Execute();
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
        {
            // another container of the network was quicker
        }
        Link bridge = route.GetLink(LinkSelector.ByName(wanted.Name));
        // An address that is set stays: else the bridge would take the lowest of its ports', and change it as containers come and go.
        LinkChange settings = new() { MacAddress = bridge.MacAddress, Mtu = mtu, Alias = Alias };
        route.Batch().ChangeLink(LinkSelector.ByIndex(bridge.Index), settings).Execute();
        return bridge;
    }

    private static void SetUp(RouteSocket route, NetavarkNetwork network, Link bridge)
    {
        bool hasIPv6 = network.Subnets.Any(subnet => subnet.IsIPv6);
        string name = bridge.Name.ToString();
        if (hasIPv6)
        {
            Sysctl.Write($"ipv6/conf/{name}/disable_ipv6", "0"); // a host may have IPv6 off for new links
            Sysctl.Write($"ipv6/conf/{name}/accept_dad", "0");
            Sysctl.Write($"ipv6/conf/{name}/accept_ra", "0");
        }
        InterfaceAddress[] gateways =
        [
            .. from subnet in network.Subnets
               where subnet.Gateway is not null
               select new InterfaceAddress(subnet.Gateway!, subnet.Subnet.PrefixLength),
        ];
        IReadOnlyList<LinkAddress> there = route.ListAddresses(bridge.Index);
        InterfaceAddress[] missing = [.. gateways.Where(gateway => !there.Any(address => address.Address.Equals(gateway)))];
        if (!bridge.IsUp || missing.Length > 0)
        {
            RouteBatch batch = route.Batch().ChangeLink(LinkSelector.ByIndex(bridge.Index), new LinkChange { IsUp = true });
            foreach (InterfaceAddress address in missing)
            {
                batch = batch.ReplaceAddress(address.OnLink(bridge.Index));
            }
            batch.Execute();
        }
        Forward(route, network, name, hasIPv6);
    }

    private static void Forward(RouteSocket route, NetavarkNetwork network, string bridge, bool hasIPv6)
    {
        if (network.IsInternal)
        {
            Sysctl.Write($"ipv4/conf/{bridge}/forwarding", "0");
            if (hasIPv6)
            {
                Sysctl.Write($"ipv6/conf/{bridge}/forwarding", "0");
            }
            return;
        }
        HostForwarding.EnableIPv4();
        Sysctl.Write($"ipv4/conf/{bridge}/forwarding", "1"); // a link inherits what the host has for new ones
        Sysctl.Write($"ipv4/conf/{bridge}/route_localnet", "1");
        Sysctl.Write($"ipv4/conf/{bridge}/rp_filter", "2");
        if (hasIPv6)
        {
            HostForwarding.EnableIPv6(route, "all");
            HostForwarding.EnableIPv6(route, bridge);
        }
    }
}
