using System.Net;

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
    /// <param name="isMade">Whether it was made now.</param>
    /// <exception cref="NetavarkException">
    /// A link of that name is no bridge, an unmanaged bridge is not there, the VRF is not there, or the kernel has no VLANs.
    /// </exception>
    public static Link Ensure(RouteSocket route, NetavarkNetwork network, out bool isMade)
    {
        Link? found = Find(route, network);
        isMade = found is null;
        if (found is not null)
        {
            return Prepare(route, network, found);
        }
        try
        {
            return Prepare(route, network, Create(route, network));
        }
        catch
        {
            TakeBack(route, network);
            throw;
        }
    }

    /// <summary>Puts a port into the network's VLAN: packets without a tag are the VLAN's. It stays in the bridge's default VLAN, too.</summary>
    public static void JoinVlan(RouteSocket route, NetavarkNetwork network, int port)
    {
        if (network.Vlan is { } vlan)
        {
            FilterVlans(
                network, () => route.Batch().AddVlans(port, new BridgeVlans(vlan, vlan) { IsPortVlan = true, IsUntagged = true }).Execute());
        }
    }

    /// <summary>The bridge's addresses at which a name server can listen: those that are not link-local.</summary>
    public static ValueList<IPAddress> ListAddresses(RouteSocket route, Link bridge) =>
        [.. route.ListAddresses(bridge.Index).Where(address => address.Scope is not RouteScope.Link).Select(address => address.Address.Address)];

    /// <summary>Deletes the bridge if it has no port any more.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool RemoveIfEmpty(RouteSocket route, NetavarkNetwork network)
    {
        if (route.TryGetLink(LinkSelector.ByName(NameOf(network))) is not { Kind: BridgeKind } bridge)
        {
            NetavarkSysctlFile.Delete(network.Interface);
            return true;
        }
        if (route.ListLinks(bridge.Index, hasStatistics: false).Count > 0 || !route.DeleteLink(LinkSelector.ByIndex(bridge.Index)))
        {
            return false;
        }
        NetavarkSysctlFile.Delete(network.Interface);
        return true;
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

    private static Link Prepare(RouteSocket route, NetavarkNetwork network, Link bridge)
    {
        if (bridge.Kind is not BridgeKind kind)
        {
            throw new NetavarkException(
                $"bridge interface {bridge.Name} already exists but is a {KindOf(bridge)} interface: name another one, or delete it");
        }
        if (network.Vlan is not null && kind.VlanFiltering is not true)
        {
            FilterVlans(network, () => route.Batch().ChangeLink(
                LinkSelector.ByIndex(bridge.Index), new LinkChange { Kind = new BridgeKind { VlanFiltering = true } }).Execute());
        }
        if (!network.IsUnmanaged)
        {
            SetUp(route, network, bridge);
        }
        return bridge;
    }

    private static void TakeBack(RouteSocket route, NetavarkNetwork network)
    {
        try
        {
            _ = RemoveIfEmpty(route, network);
        }
        catch (NetlinkException)
        {
            // the error that began this is the one to tell
        }
    }

    private static string KindOf(Link link) => link.Kind?.Name ?? "physical";

    private static Link? Find(RouteSocket route, NetavarkNetwork network)
    {
        try
        {
            LinkSelector selector = LinkSelector.ByName(NameOf(network));
            return network.IsUnmanaged ? route.GetLink(selector) : route.TryGetLink(selector);
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENODEV)
        {
            throw new NetavarkException(
                $"in unmanaged mode, the bridge must already exist on the host: {NetavarkErrorText.Cause(error)}", error);
        }
    }

    private static Link Create(RouteSocket route, NetavarkNetwork network)
    {
        Link? vrf = network.Vrf is { } name ? VrfOf(route, network, name) : null;
        int? mtu = network.Mtu ?? HostWayOut.MtuOf(route, (vrf?.Kind as VrfKind)?.Table ?? IPRoute.MainTable);
        Link wanted = new() { Name = NameOf(network), Kind = new BridgeKind(), Mtu = mtu, Master = vrf?.Index };
        NetavarkSysctlFile.Write(network); // before the bridge, at whose appearance it is read
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

    private static Link VrfOf(RouteSocket route, NetavarkNetwork network, string name)
    {
        if (!InterfaceName.TryParse(name, null, out InterfaceName vrfName))
        {
            throw new NetavarkException($"network {network.Name}: vrf \"{name}\" is no interface's name");
        }
        Link? vrf;
        try
        {
            vrf = route.GetLink(LinkSelector.ByName(vrfName));
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENODEV)
        {
            throw new NetavarkException($"get vrf to set up bridge interface: {NetavarkErrorText.Cause(error)}", error);
        }
        return vrf.Kind is VrfKind
            ? vrf
            : throw new NetavarkException($"vrf {name} already exists but is a {KindOf(vrf)} interface: name a VRF");
    }

    private static void FilterVlans(NetavarkNetwork network, Action change)
    {
        try
        {
            change();
        }
        catch (NetlinkException error) when (error.Errno is Errno.EOPNOTSUPP)
        {
            throw new NetavarkException(
                $"network {network.Name}: option vlan: this kernel's bridges do not filter by VLAN (CONFIG_BRIDGE_VLAN_FILTERING): "
                + NetavarkErrorText.Cause(error),
                error);
        }
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
            LocalRoutes.Await(route, missing);
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
