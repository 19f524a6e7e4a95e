using System.Net;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>A container's interface on a network: its settings, addresses and routes.</summary>
internal static class NetavarkInterface
{
    /// <summary>Gives it its settings, addresses and routes, and brings it up.</summary>
    /// <returns>The interface as it is then.</returns>
    public static Link Configure(RouteSocket inside, NetworkNamespace sandbox, NetavarkAttachment attachment, int index)
    {
        IReadOnlyList<(InterfaceAddress Address, NetavarkSubnet Subnet)> placed = attachment.Placed;
        sandbox.Run(() => ApplySettings(attachment, placed.Any(one => one.Address.IsIPv6)));
        LinkSelector link = LinkSelector.ByIndex(index);
        RouteBatch batch = inside.Batch().ChangeLink(link, new LinkChange { ArpNotify = true });
        foreach ((InterfaceAddress address, _) in placed)
        {
            batch = batch.AddAddress(address.OnLink(index));
        }
        batch = batch.ChangeLink(link, new LinkChange { IsUp = true }).EnsureSubnetRoutes(placed.Select(one => one.Address), index);
        foreach (IPRoute route in RoutesOf(attachment, placed, index))
        {
            batch = batch.AppendRoute(route);
        }
        Link made = batch.GetLink(link);
        LocalRoutes.Await(inside, placed.Select(one => one.Address));
        return made;
    }

    /// <summary>Adds those of the network's routes that another interface has. One that is there already stays, whoever's it is.</summary>
    /// <param name="inside">The container's socket.</param>
    /// <param name="attachment">The container's place.</param>
    /// <param name="undo">Gets what takes back each route that was added.</param>
    public static void AddDistantRoutes(RouteSocket inside, NetavarkAttachment attachment, Stack<Action> undo)
    {
        foreach (IPRoute route in attachment.Placed.Count == 0 ? [] : DistantRoutesOf(attachment.Network))
        {
            try
            {
                inside.Batch().AppendRoute(route).Execute();
            }
            catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
            {
                continue;
            }
            undo.Push(() => inside.Batch().DeleteRoute(route).Execute());
        }
    }

    /// <summary>Deletes those of the network's routes that another interface has, for others go with this one. What is gone is no error.</summary>
    public static void DeleteDistantRoutes(RouteSocket inside, NetavarkAttachment attachment)
    {
        foreach (IPRoute route in DistantRoutesOf(attachment.Network))
        {
            try
            {
                inside.Batch().DeleteRoute(route).Execute();
            }
            catch (NetlinkException error) when (error.Errno is Errno.ESRCH or Errno.ENODEV or Errno.ENETUNREACH or Errno.EHOSTUNREACH)
            {
                // it went with its interface, or was never there
            }
        }
    }

    /// <summary>Deletes it; of a veth the host's end goes too.</summary>
    /// <returns>False if the container has no such interface, or one of another kind.</returns>
    public static bool Delete(RouteSocket inside, NetavarkAttachment attachment)
    {
        Link? link = inside.TryGetLink(LinkSelector.ByName(InterfaceName.Parse(attachment.Interface)));
        return string.Equals(link?.Kind?.Name, KindOf(attachment.Network), StringComparison.Ordinal)
            && inside.DeleteLink(LinkSelector.ByIndex(link!.Index));
    }

    /// <summary>Finds the host's end of its veth.</summary>
    /// <returns>Null if it is no veth, is not there, or has its other end elsewhere than on the network's bridge.</returns>
    public static int? FindHostEnd(RouteSocket inside, RouteSocket host, NetavarkAttachment attachment)
    {
        if (!attachment.Network.IsBridge
            || inside.TryGetLink(LinkSelector.ByName(InterfaceName.Parse(attachment.Interface))) is not { Kind: VethKind, PeerIndex: { } index } link
            || host.TryGetLink(LinkSelector.ByIndex(index)) is not { Kind: VethKind, Master: { } master } end
            || end.PeerIndex != link.Index)
        {
            return null;
        }
        bool isOnBridge = host.TryGetLink(LinkSelector.ByIndex(master)) is { } bridge
            && string.Equals($"{bridge.Name}", attachment.Network.Interface, StringComparison.Ordinal);
        return isOnBridge ? index : null;
    }

    /// <summary>The kernel's name of the kind: drivers are called as theirs is, but that of bridges.</summary>
    private static string KindOf(NetavarkNetwork network) => network.IsBridge ? "veth" : network.Driver;

    private static IEnumerable<IPRoute> RoutesOf(
        NetavarkAttachment attachment, IReadOnlyList<(InterfaceAddress Address, NetavarkSubnet Subnet)> placed, int index)
    {
        NetavarkNetwork network = attachment.Network;
        if (placed.Count == 0)
        {
            return []; // without an address no gateway is within reach
        }
        IEnumerable<IPRoute> defaults = network.IsInternal || network.HasNoDefaultRoute
            ? []
            : placed.Select(one => one.Subnet).Distinct().Where(subnet => subnet.Gateway is not null).Select(subnet => new IPRoute
            {
                Destination = subnet.IsIPv6 ? IPRoute.AnyIPv6 : IPRoute.AnyIPv4,
                Gateway = subnet.Gateway,
                OutputInterface = index,
                Metric = network.Metric,
                Protocol = RouteProtocol.Static,
            });
        return
        [
            .. defaults,
            .. network.Routes.Where(route => IsWithinReach(network, route.Gateway)).Select(route => RouteOf(route, index)),
        ];
    }

    /// <summary>Those of a network's routes that lead nowhere, or by another network's interface.</summary>
    private static IEnumerable<IPRoute> DistantRoutesOf(NetavarkNetwork network) =>
        network.Routes.Where(route => !IsWithinReach(network, route.Gateway)).Select(route => RouteOf(route, index: null));

    private static IPRoute RouteOf(NetavarkRoute route, int? index) => new()
    {
        Destination = route.Destination,
        Gateway = route.Gateway,
        OutputInterface = index,
        Type = route.Type,
        Metric = route.Metric ?? NetavarkNetwork.DefaultMetric,
        Protocol = RouteProtocol.Static,
    };

    private static bool IsWithinReach(NetavarkNetwork network, IPAddress? gateway) =>
        gateway is not null && (gateway.IsIPv6LinkLocal || network.Subnets.Any(subnet => subnet.Subnet.Contains(gateway)));

    /// <summary>Also without a subnet of IPv6: else whoever sends router advertisements gives it addresses.</summary>
    private static void RefuseAdvertisedAddresses(string name)
    {
        try
        {
            Sysctl.Write($"ipv6/conf/{name}/autoconf", "0");
        }
        catch (KernelException error) when (error.Errno is Errno.ENOENT or Errno.EROFS)
        {
            // this kernel has no IPv6, or nobody may write settings here
        }
    }

    private static void ApplySettings(NetavarkAttachment attachment, bool hasIPv6)
    {
        string name = attachment.Interface;
        bool isAlone = attachment.Network.IsBridge; // others on the wire of a parent may have its addresses
        if (isAlone)
        {
            Sysctl.Write($"ipv4/conf/{name}/rp_filter", "2");
        }
        RefuseAdvertisedAddresses(name);
        if (hasIPv6)
        {
            Sysctl.Write("ipv6/conf/lo/disable_ipv6", "0");
            Sysctl.Write($"ipv6/conf/{name}/disable_ipv6", "0");
            if (isAlone)
            {
                Sysctl.Write($"ipv6/conf/{name}/accept_dad", "0");
            }
        }
    }
}
