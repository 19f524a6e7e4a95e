using System.Net;
using System.Net.Sockets;
using System.Text;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The veth of a container: one send from the host creates it, and one send inside configures it.</summary>
internal static class ContainerInterface
{
    /// <summary>Creates the pair: the host's end on the bridge and up, the container's end inside with its name.</summary>
    /// <returns>The host's end.</returns>
    /// <exception cref="CniException">999: the container has an interface of that name.</exception>
    public static Link Create(CniCall call, BridgePlan plan, Link bridge, NetworkNamespace sandbox)
    {
        InterfaceName name = HostInterfaceName.Of(call.Environment.ContainerId, call.Environment.InterfaceName.ToString());
        Link veth = new()
        {
            Name = name,
            Kind = new VethKind
            {
                Peer = new VethPeer
                {
                    Name = call.Environment.InterfaceName,
                    MacAddress = plan.MacAddress,
                    Mtu = plan.Mtu,
                    NetworkNamespace = sandbox.Descriptor,
                    TxQueues = 1,
                    RxQueues = 1,
                },
            },
            Master = bridge.Index,
            Mtu = plan.Mtu,
            IsUp = true,
            TxQueues = 1, // by default the kernel allocates one per CPU, and then waits for a grace period to reduce them
            RxQueues = 1,
            Alias = HostInterfaceName.AliasOf(call.Network, call.Environment.ContainerId, call.Environment.InterfaceName.ToString()),
            Ipv6AddressGeneration = Ipv6AddressGeneration.None, // a link-local address would send multicast to every container
            BridgePort = new BridgePortSettings { Hairpin = plan.Hairpin, Isolated = plan.IsIsolated },
        };
        try
        {
            return call.Route.Batch().CreateLinkAsMade(veth);
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
        {
            throw new CniException(
                CniErrorCode.Internal,
                $"container veth name (\"{call.Environment.InterfaceName}\") already exists: the container has such an interface, or its "
                    + "DEL was never called",
                innerException: error);
        }
    }

    /// <summary>Gives the container's end its addresses and routes, and brings it up.</summary>
    /// <returns>The container's end as it is then.</returns>
    public static Link Configure(
        RouteSocket inside, int index, BridgePlan plan, IReadOnlyCollection<CniAddress> addresses, IEnumerable<CniRoute> routes)
    {
        LinkSelector link = LinkSelector.ByIndex(index);
        RouteBatch batch = inside.Batch().ChangeLink(link, new LinkChange { ArpNotify = true });
        foreach (CniAddress address in addresses)
        {
            batch = batch.AddAddress(address.Address.OnLink(index, plan.DetectsDuplicates)); // the kernel announces those that are there at the start
        }
        if (!plan.StaysDown)
        {
            batch = batch
                .ChangeLink(link, new LinkChange { IsUp = true })
                .EnsureSubnetRoutes(addresses.Select(address => address.Address), index, plan.DetectsDuplicates);
        }
        foreach (CniRoute route in routes)
        {
            batch = batch.AppendRoute(ToRoute(route, index, addresses));
        }
        Link made = batch.GetLink(link);
        if (!plan.StaysDown && !plan.DetectsDuplicates)
        {
            LocalRoutes.Await(inside, addresses.Select(address => address.Address));
        }
        return made;
    }

    /// <summary>
    /// Writes the IPv6 settings before the container's end is up: from here if the files can be opened, else by a thread inside, whose error says
    /// why. Containers with IPv4 alone need none, because their links get no link-local address that the kernel would announce.
    /// </summary>
    public static void ApplyIPv6Settings(NetworkNamespace sandbox, InterfaceName name, BridgePlan plan)
    {
        (string Key, string Value)[] settings =
        [
            ("ipv6/conf/lo/disable_ipv6", "0"), // a namespace may begin without IPv6: with it, ::1 comes by itself
            ($"ipv6/conf/{name}/disable_ipv6", "0"),
            ($"ipv6/conf/{name}/accept_dad", plan.DetectsDuplicates ? "1" : "0"),
            ($"ipv6/conf/{name}/ndisc_notify", "1"),
        ];
        if (!TryWrite(sandbox, settings))
        {
            sandbox.Run(() => Array.ForEach(settings, setting => Sysctl.Write(setting.Key, setting.Value)));
        }
    }

    /// <summary>A route for the kernel. Without a router of its own it uses the gateway of the address of its family.</summary>
    public static IPRoute ToRoute(CniRoute route, int index, IEnumerable<CniAddress> addresses)
    {
        AddressFamily family = route.Destination.BaseAddress.AddressFamily;
        IPAddress? gateway = route.Gateway ?? (route.Scope is (int)RouteScope.Link
            ? null
            : addresses.FirstOrDefault(address => address.Address.Address.AddressFamily == family)?.Gateway);
        return new IPRoute
        {
            Destination = route.Destination,
            Gateway = gateway,
            OutputInterface = index,
            Mtu = route.Mtu,
            AdvertisedSegment = route.AdvertisedSegment,
            Metric = route.Priority is { } priority ? (uint)priority : null,
            Table = route.Table is { } table ? (uint)table : IPRoute.MainTable,
            Scope = route.Scope is { } scope ? (RouteScope)scope : null,
        };
    }

    /// <summary>Deletes the pair by either end. A missing pair is no error.</summary>
    public static void Delete(CniCall call)
    {
        InterfaceName name = HostInterfaceName.Of(call.Environment.ContainerId, call.Environment.InterfaceName.ToString());
        if (call.Route.TryGetLink(LinkSelector.ByName(name)) is { Kind: VethKind } own)
        {
            call.Route.DeleteLink(LinkSelector.ByIndex(own.Index));
            return;
        }
        using NetworkNamespace? sandbox = call.TryOpenSandbox();
        if (sandbox is not null)
        {
            using RouteSocket inside = sandbox.Run(RouteSocket.Open);
            if (inside.TryGetLink(LinkSelector.ByName(call.Environment.InterfaceName)) is { Kind: VethKind } peer)
            {
                inside.DeleteLink(LinkSelector.ByIndex(peer.Index));
            }
            return;
        }
        foreach (Link veth in ResultLinks.HostEndsOf(call))
        {
            call.Route.DeleteLink(LinkSelector.ByIndex(veth.Index)); // the namespace still exists, but has no path any more
        }
    }

    private static bool TryWrite(NetworkNamespace sandbox, (string Key, string Value)[] settings)
    {
        FileDescriptor?[] files = Files.TryOpenIn(
            sandbox.Descriptor, OpenFlags.WriteOnly, [.. settings.Select(setting => $"/proc/sys/net/{setting.Key}")]);
        try
        {
            for (int i = 0; i < files.Length; i++)
            {
                if (files[i] is not { } file)
                {
                    return false;
                }
                Files.Write(file, Encoding.ASCII.GetBytes(settings[i].Value));
            }
            return true;
        }
        catch (KernelException)
        {
            return false;
        }
        finally
        {
            Array.ForEach(files, file => file?.Dispose());
        }
    }
}
