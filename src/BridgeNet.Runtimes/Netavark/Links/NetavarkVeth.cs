using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The veth of a container on a network, and the addresses and routes of its end inside.</summary>
internal static class NetavarkVeth
{
    /// <summary>Makes the pair: one end on the bridge, the other inside.</summary>
    /// <returns>The host's end.</returns>
    /// <exception cref="NetavarkException">The container, or the host, has an interface of that name.</exception>
    public static Link Create(
        RouteSocket route, string containerId, NetavarkAttachment attachment, Link bridge, int? mtu, NetworkNamespace sandbox)
    {
        Link veth = new()
        {
            Name = attachment.HostInterface is { Length: > 0 } name ? InterfaceName.Parse(name) : default, // without one the kernel numbers it
            Kind = new VethKind
            {
                Peer = new VethPeer
                {
                    Name = InterfaceName.Parse(attachment.Interface),
                    MacAddress = attachment.MacAddress,
                    Mtu = mtu,
                    NetworkNamespace = sandbox.Descriptor,
                    TxQueues = 1,
                    RxQueues = 1,
                },
            },
            Master = bridge.Index,
            Mtu = mtu,
            TxQueues = 1, // by default the kernel allocates one per CPU, and then waits for a grace period to reduce them
            RxQueues = 1,
        };
        LinkChange settings = new()
        {
            Ipv6AddressGeneration = Ipv6AddressGeneration.None, // nobody talks to the host's end
            BridgePort = new BridgePortSettings { Hairpin = true }, // a container may ask for its own published port, with br_netfilter too
            Alias = AliasOf(containerId, attachment),
            IsUp = true,
        };
        try
        {
            Link made = route.Batch().CreateLinkAsMade(veth);
            route.Batch().ChangeLink(LinkSelector.ByIndex(made.Index), settings).Execute();
            return made;
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
        {
            string host = attachment.HostInterface is { } own ? $" or {own} exists on host namespace" : "";
            throw new NetavarkException(
                $"create veth pair: interface {attachment.Interface} already exists on container namespace{host}: {error.Message}", error);
        }
    }

    /// <summary>Gives the end inside its addresses and routes, and brings it up.</summary>
    /// <returns>The end inside as it is then.</returns>
    public static Link Configure(RouteSocket inside, NetworkNamespace sandbox, NetavarkAttachment attachment, int index)
    {
        IReadOnlyList<(InterfaceAddress Address, NetavarkSubnet Subnet)> placed = attachment.Placed;
        sandbox.Run(() => ApplySettings(attachment.Interface, placed.Any(one => one.Address.IsIPv6)));
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
        return batch.GetLink(link);
    }

    /// <summary>
    /// Deletes the pair by its end on the host, where the container's namespace is gone or going: the kernel takes its time with those.
    /// </summary>
    public static void DeleteHostEnd(RouteSocket route, string containerId, NetavarkAttachment attachment)
    {
        string alias = AliasOf(containerId, attachment);
        foreach (Link veth in route.ListLinks(hasStatistics: false).Where(link => string.Equals(link.Alias, alias, StringComparison.Ordinal)))
        {
            route.DeleteLink(LinkSelector.ByIndex(veth.Index));
        }
    }

    /// <summary>Deletes the pair by its end inside.</summary>
    /// <returns>False if the container has no such interface.</returns>
    public static bool Delete(RouteSocket inside, NetavarkAttachment attachment) =>
        inside.TryGetLink(LinkSelector.ByName(InterfaceName.Parse(attachment.Interface))) is { Kind: VethKind } veth
        && inside.DeleteLink(LinkSelector.ByIndex(veth.Index));

    /// <summary>What <c>ip link</c> shows as alias of the host's end.</summary>
    private static string AliasOf(string containerId, NetavarkAttachment attachment) =>
        $"{NetavarkBridge.Alias} {containerId} {attachment.Network.Name} {attachment.Interface}";

    private static IEnumerable<IPRoute> RoutesOf(
        NetavarkAttachment attachment, IEnumerable<(InterfaceAddress Address, NetavarkSubnet Subnet)> placed, int index)
    {
        NetavarkNetwork network = attachment.Network;
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
            .. network.Routes.Select(route => new IPRoute
            {
                Destination = route.Destination,
                Gateway = route.Gateway,
                OutputInterface = index,
                Metric = route.Metric ?? network.Metric,
                Protocol = RouteProtocol.Static,
            }),
        ];
    }

    private static void ApplySettings(string name, bool hasIPv6)
    {
        Sysctl.Write($"ipv4/conf/{name}/rp_filter", "2");
        if (hasIPv6)
        {
            Sysctl.Write("ipv6/conf/lo/disable_ipv6", "0");
            Sysctl.Write($"ipv6/conf/{name}/disable_ipv6", "0");
            Sysctl.Write($"ipv6/conf/{name}/autoconf", "0");
            Sysctl.Write($"ipv6/conf/{name}/accept_dad", "0");
        }
    }
}
