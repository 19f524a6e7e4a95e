using System.Net;
using System.Net.Sockets;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Networks;

/// <summary>A network's bridge in the kernel: the device, its address, its settings.</summary>
/// <remarks>A bridge that BridgeNet made carries an alias (<see cref="KernelAlias"/>), which identifies it even if the state is lost.</remarks>
internal static class BridgeDevice
{
    private const string IPv6Forwarding = "ipv6/conf/all/forwarding";

    /// <summary>IP6_RT_PRIO_ADDRCONF: the metric of the routes that the kernel makes with IPv6 addresses.</summary>
    private const uint IPv6SubnetMetric = 256;

    private static readonly InterfaceAddress s_linkLocal = InterfaceAddress.Parse("fe80::1/64");

    /// <summary>Checks that the network can have its bridge, before anything is changed.</summary>
    /// <param name="route">Of the host's namespace.</param>
    /// <param name="network">The wanted network.</param>
    /// <param name="known">The network's record, if it was made before.</param>
    /// <returns>The existing bridge; null if there is none.</returns>
    /// <exception cref="NetworkConflictException">The device exists and is not ours, or is no bridge.</exception>
    public static Link? Inspect(RouteSocket route, NetworkDefinition network, NetworkState? known)
    {
        InterfaceName device = network.Device ?? throw new ArgumentException("the device is not chosen", nameof(network));
        Link? link = route.TryGetLink(LinkSelector.ByName(device)) ?? (known is null ? null : RenamedLinks.Find(route.ListLinks(), known));
        bool ours = link is not null && known is not null && IsOurs(link, known);
        if (known is null && KernelAlias.Read(link?.Alias) is { } lost)
        {
            throw new NetworkConflictException(
                network.Name,
                $"{device} is of network {lost.Name}, whose record is lost: "
                + "make that anew from the kernel (BridgeDriver.Rebuild), or delete the bridge");
        }
        if (link is not null && !ours && !network.Adopt)
        {
            throw new NetworkConflictException(
                network.Name,
                $"{device} is there and was not made by it: name another device (NetworkDefinition.Device), "
                + "or say that this one is to be used (NetworkDefinition.Adopt)");
        }
        return link is null or { Kind: BridgeKind }
            ? link
            : throw new NetworkConflictException(network.Name, $"{device} is not a bridge: name another device (NetworkDefinition.Device)");
    }

    /// <summary>Makes the bridge if it is missing, and leaves alone what is right of one that is there.</summary>
    /// <returns>Its index.</returns>
    public static int Ensure(RouteSocket route, NetworkState network, Link? existing)
    {
        if (existing is null)
        {
            Create(route, network);
            return route.GetLink(LinkSelector.ByName(network.Device)).Index;
        }
        if (existing.Name != network.Device)
        {
            RenamedLinks.Restore(route, existing, network.Device);
        }
        bool isAdopted = network.Definition.Adopt;
        route.Batch().ChangeLink(LinkSelector.ByIndex(existing.Index), new LinkChange
        {
            Mtu = network.Definition.Mtu,
            MacAddress = existing.MacAddress != MacOf(network) && !isAdopted ? MacOf(network) : null,
            Alias = existing.Alias is null && !isAdopted ? AliasOf(network) : null,
        }).Execute();
        return existing.Index;
    }

    /// <summary>Brings the bridge up and gives it its addresses. Its settings allow IPv6 by now.</summary>
    public static void Address(RouteSocket route, NetworkState network, int index)
    {
        RouteBatch batch = route.Batch().ChangeLink(LinkSelector.ByIndex(index), new LinkChange { IsUp = true });
        foreach (InterfaceAddress address in AddressesWithLinkLocal(network))
        {
            batch = batch.ReplaceAddress(address.OnLink(index));
        }
        batch.Execute();
        LocalRoutes.Await(route, AddressesWithLinkLocal(network));
    }

    /// <summary>Restores the routes to the bridge's subnets that somebody deleted.</summary>
    public static void RestoreRoutes(RouteSocket route, NetworkState network, int index)
    {
        foreach (IPRoute missing in MissingRoutes(route, network, route.GetLink(LinkSelector.ByIndex(index)), route.ListAddresses(index)).ToArray())
        {
            route.Batch().ReplaceRoute(missing).Execute();
        }
    }

    /// <summary>The bridge's faults, a line each. Call it in the host's namespace.</summary>
    public static IReadOnlyList<string> FaultsOf(RouteSocket route, NetworkState network, Link bridge)
    {
        List<string> faults = [];
        if (bridge.Name != network.Device)
        {
            faults.Add($"{network.Device} was called {bridge.Name}");
        }
        if (!bridge.IsUp)
        {
            faults.Add($"{network.Device} was down");
        }
        if (network.Definition.Mtu is { } mtu && bridge.Mtu != mtu)
        {
            faults.Add($"{network.Device} had MTU {bridge.Mtu}");
        }
        if (!network.Definition.Adopt && bridge.MacAddress != MacOf(network))
        {
            faults.Add($"{network.Device} had the MAC address {bridge.MacAddress}");
        }
        if (!network.Definition.Adopt && bridge.Alias is null)
        {
            faults.Add($"{network.Device} lacked its alias");
        }
        IReadOnlyList<LinkAddress> addresses = route.ListAddresses(bridge.Index);
        HashSet<InterfaceAddress> there = [.. addresses.Select(address => address.Address)];
        faults.AddRange(
            AddressesWithLinkLocal(network).Where(address => !there.Contains(address)).Select(address => $"{network.Device} lacked {address}"));
        faults.AddRange(
            MissingRoutes(route, network, bridge, addresses).Select(missing => $"{network.Device} lacked the route to {missing.Destination}"));
        faults.AddRange(
            from setting in SettingsOf(network)
            where Sysctl.Read(setting.Key) is { } value && !string.Equals(value, setting.Value, StringComparison.Ordinal)
            select $"{setting.Key} was not {setting.Value}");
        return faults;
    }

    /// <summary>The kernel settings that the network needs.</summary>
    private static IEnumerable<(string Key, string Value)> SettingsOf(NetworkState network)
    {
        if (network.Definition.IPv4 && !network.Definition.Internal)
        {
            yield return ("ipv4/ip_forward", "1");
            yield return ($"ipv4/conf/{network.Device}/forwarding", "1"); // a new bridge has it from ipv4/conf/default
            if (network.Definition.TraitsOf(AddressFamily.InterNetwork).IsTranslated)
            {
                yield return (RouteLocalnet(network.Device), "1");
            }
        }
        if (network.Definition.IPv6)
        {
            yield return ($"ipv6/conf/{network.Device}/accept_ra", "0");
            yield return ($"ipv6/conf/{network.Device}/disable_ipv6", "0");
            if (!network.Definition.Internal)
            {
                yield return (IPv6Forwarding, "1");
            }
        }
    }

    /// <summary>Sets forwarding, and localhost's way to the containers. Call it in the host's namespace.</summary>
    public static void ApplySettings(NetworkState network)
    {
        foreach ((string key, string value) in SettingsOf(network).Where(setting => setting.Key is not IPv6Forwarding))
        {
            Sysctl.Write(key, value);
        }
    }

    /// <summary>
    /// Lets the host forward IPv6. A forwarding host ignores router advertisements unless told otherwise: this tells the interfaces that have their
    /// default route from one. Call it in the host's namespace.
    /// </summary>
    /// <param name="advertised">The interfaces that have a default route from a router advertisement.</param>
    public static void ForwardIPv6(IEnumerable<InterfaceName> advertised)
    {
        if (Sysctl.Read(IPv6Forwarding) is "1")
        {
            return;
        }
        foreach (InterfaceName name in advertised)
        {
            Sysctl.Write($"ipv6/conf/{name}/accept_ra", "2");
        }
        Sysctl.Write("ipv6/conf/default/forwarding", "1");
        Sysctl.Write(IPv6Forwarding, "1");
    }

    /// <summary>Whether the host's kernel has IPv6. Call it in the host's namespace.</summary>
    public static bool KnowsIPv6() => Sysctl.Read(IPv6Forwarding) is not null;

    /// <summary>Whether programs of the host reach beyond the bridge from 127.0.0.1. Call it in the host's namespace.</summary>
    public static bool KnowsLocalhost(InterfaceName device) => Sysctl.Read(RouteLocalnet(device)) is "1";

    /// <summary>Restores an adopted bridge's settings, but not forwarding: others may rely on it. Call it in the host's namespace.</summary>
    public static void RestoreSettings(NetworkState network)
    {
        InterfaceName device = network.Device;
        if (network is { Definition.Adopt: true, HadRouteLocalnet: false } && KnowsLocalhost(device))
        {
            Sysctl.Write(RouteLocalnet(device), "0");
        }
    }

    /// <summary>Deletes the bridge, or restores an adopted one. It leaves alone a bridge that somebody put in the place of ours.</summary>
    public static void Remove(RouteSocket route, NetworkState network)
    {
        if ((route.TryGetLink(LinkSelector.ByName(network.Device)) ?? RenamedLinks.Find(route.ListLinks(), network)) is not { } link)
        {
            return;
        }
        if (network.Definition.Adopt)
        {
            GiveBack(route, network, link);
        }
        else if (IsOurs(link, network))
        {
            _ = route.DeleteLink(LinkSelector.ByIndex(link.Index));
        }
    }

    private static void GiveBack(RouteSocket route, NetworkState network, Link link)
    {
        foreach (InterfaceAddress address in AddressesOf(network).Where(address => !network.SubnetsBefore.Contains(address.Subnet)))
        {
            try
            {
                route.Batch().DeleteAddress(new LinkAddress { LinkIndex = link.Index, Address = address }).Execute();
            }
            catch (NetlinkException error) when (error.Errno is Errno.EADDRNOTAVAIL)
            {
                // somebody removed the address already
            }
        }
        if (!network.WasUp)
        {
            route.Batch().ChangeLink(LinkSelector.ByIndex(link.Index), new LinkChange { IsUp = false }).Execute();
        }
    }

    /// <summary>The addresses that the bridge should have.</summary>
    public static IEnumerable<InterfaceAddress> AddressesOf(NetworkState network) =>
        from subnet in network.Definition.Subnets
        where subnet.Gateway is not null && !(network.Definition.InhibitIPv4 && subnet.Family is AddressFamily.InterNetwork)
        select new InterfaceAddress(subnet.Gateway!, subnet.Subnet.PrefixLength);

    /// <summary>
    /// A router needs a link-local address to ask for a neighbour's MAC address (RFC 4861, section 7.2.2). Without one, packets from outside would
    /// never reach the container. An adopted bridge has what its owner gave it.
    /// </summary>
    private static bool NeedsLinkLocal(NetworkState network) => !network.Definition.Adopt && AddressesOf(network)
        .Any(address => address.Address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv6LinkLocal: false });

    private static IEnumerable<InterfaceAddress> AddressesWithLinkLocal(NetworkState network) =>
        AddressesOf(network).Concat(NeedsLinkLocal(network) ? [s_linkLocal] : []);

    /// <summary>
    /// The routes that the kernel made with the bridge's addresses and somebody deleted since. Some have none in the main table: the kernel
    /// makes none for an address of one host or with IFA_F_NOPREFIXROUTE, nor while the bridge is down, and another table's in a VRF.
    /// </summary>
    private static IEnumerable<IPRoute> MissingRoutes(RouteSocket route, NetworkState network, Link bridge, IReadOnlyList<LinkAddress> addresses)
    {
        HashSet<InterfaceAddress> routed =
            [.. addresses.Where(address => !address.Flags.HasFlag(AddressFlags.NoPrefixRoute)).Select(address => address.Address)];
        InterfaceAddress[] wanted = bridge is { IsUp: true, Master: null }
            ? [.. AddressesWithLinkLocal(network).Where(address => routed.Contains(address) && address.PrefixLength < (address.IsIPv6 ? 128 : 32))]
            : [];
        if (wanted.Length == 0)
        {
            return [];
        }
        HashSet<IPNetwork> there = [.. route.ListRoutes(linkIndex: bridge.Index).Select(found => found.Destination)];
        return from address in wanted
               where !there.Contains(address.Subnet)
               select new IPRoute
               {
                   Destination = address.Subnet,
                   OutputInterface = bridge.Index,
                   Protocol = RouteProtocol.Kernel,
                   Scope = address.IsIPv6 ? null : RouteScope.Link,
                   PreferredSource = address.IsIPv6 ? null : address.Address,
                   Metric = address.IsIPv6 ? IPv6SubnetMetric : null,
               };
    }

    private static string AliasOf(NetworkState network) => KernelAlias.Of(network.Id, network.Name);

    private static string RouteLocalnet(InterfaceName device) => $"ipv4/conf/{device}/route_localnet";

    /// <summary>
    /// The bridge's MAC address is fixed: without one a bridge takes the lowest of its ports, which changes as containers come and go. It is 02:42
    /// and the IPv4 gateway, as people know it from docker0, or digits of the network's id.
    /// </summary>
    private static MacAddress MacOf(NetworkState network)
    {
        foreach (InterfaceAddress address in AddressesOf(network))
        {
            if (address.Address.AddressFamily is AddressFamily.InterNetwork)
            {
                return MacAddress.FromIPv4(address.Address);
            }
        }
        byte[] id = Convert.FromHexString(network.Id);
        return MacAddress.From([0x02, 0x42, id[0], id[1], id[2], id[3]]);
    }

    /// <summary>By its alias; or by its MAC address, if its maker died before it set the alias.</summary>
    private static bool IsOurs(Link link, NetworkState network) =>
        link.Alias is { } alias
            ? string.Equals(KernelAlias.Read(alias)?.Id, network.Id, StringComparison.Ordinal)
            : link is { Kind: BridgeKind } && link.MacAddress == MacOf(network);

    /// <summary>Makes the bridge and then sets its alias, in two sends: one send would also name a bridge that somebody else just made.</summary>
    /// <remarks>
    /// The MTU comes with the second send too: the kernel keeps only one that was changed, and falls back to 1500 without ports from one that
    /// came with the creation.
    /// Multicast snooping is off. No router queries on a bridge of containers, so a snooping bridge would flood multicast all the same. It would
    /// also walk over all ports, under the lock of all links, for each port that comes or goes: attach would slow down with every container.
    /// </remarks>
    private static void Create(RouteSocket route, NetworkState network)
    {
        route.Batch().CreateLink(new Link
        {
            Name = network.Device,
            Kind = new BridgeKind { MulticastSnooping = false },
            MacAddress = MacOf(network),
        }).Execute();
        LinkChange naming = new() { Alias = AliasOf(network), Mtu = network.Definition.Mtu, Ipv6AddressGeneration = Ipv6AddressGeneration.None };
        route.Batch().ChangeLink(LinkSelector.ByName(network.Device), naming).Execute();
    }
}
