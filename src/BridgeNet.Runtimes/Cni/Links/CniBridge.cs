using System.IO.Hashing;
using System.Text;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The bridge of a network in the host. The first ADD creates it; nothing deletes it, because others may use it.</summary>
internal static class CniBridge
{
    /// <summary>Finds or creates the bridge, and brings it up.</summary>
    /// <exception cref="CniException">7: a link of that name is no bridge.</exception>
    /// <exception cref="NetlinkException">EOPNOTSUPP if it is to filter by VLAN and the kernel lacks CONFIG_BRIDGE_VLAN_FILTERING.</exception>
    public static Link Ensure(RouteSocket route, BridgePlan plan)
    {
        LinkSelector selector = LinkSelector.ByName(plan.Bridge);
        Link bridge = route.TryGetLink(selector) ?? Create(route, plan);
        if (bridge.Kind is not BridgeKind kind)
        {
            throw new CniException(CniErrorCode.InvalidConfiguration, $"\"{plan.Bridge}\" already exists but is not a bridge: name another one");
        }
        if (plan.FiltersVlans && kind.VlanFiltering is not true)
        {
            throw new CniException(
                CniErrorCode.InvalidConfiguration, $"bridge {plan.Bridge} does not filter by VLAN: set vlan_filtering 1 on it, or name another one");
        }
        bool isPromiscuous = bridge.Flags.HasFlag(LinkFlags.Promiscuous);
        if (!bridge.IsUp || (plan.IsPromiscuous && !isPromiscuous))
        {
            route.Batch().ChangeLink(selector, new LinkChange { IsUp = true, IsPromiscuous = plan.IsPromiscuous ? true : null }).Execute();
        }
        return bridge;
    }

    /// <summary>Gives the bridge, or its interface in a VLAN, a gateway's address.</summary>
    /// <param name="route">The host's socket.</param>
    /// <param name="link">The bridge.</param>
    /// <param name="gateways">All addresses that the call gives it.</param>
    /// <param name="force">Whether conflicting addresses are removed.</param>
    /// <exception cref="CniException">7: there is another one in the way.</exception>
    public static void EnsureAddresses(RouteSocket route, Link link, IReadOnlyList<InterfaceAddress> gateways, bool force)
    {
        IReadOnlyList<LinkAddress> there = route.ListAddresses(link.Index);
        foreach (InterfaceAddress gateway in gateways.Where(gateway => !there.Any(address => address.Address.Equals(gateway))))
        {
            foreach (LinkAddress other in there.Where(address => IsInTheWay(address.Address, gateway, gateways)))
            {
                if (!force)
                {
                    throw new CniException(
                        CniErrorCode.InvalidConfiguration,
                        $"\"{link.Name}\" already has an IP address different from {gateway}: it has {other.Address}; forceAddress replaces it");
                }
                Tolerate(Errno.EADDRNOTAVAIL, () => route.Batch().DeleteAddress(
                    new LinkAddress { LinkIndex = link.Index, Address = other.Address }).Execute());
            }
            PrepareGateway(route, link, gateway.IsIPv6);
            route.Batch().ReplaceAddress(gateway.OnLink(link.Index)).Execute();
            LocalRoutes.Await(route, [gateway]);
        }
    }

    /// <summary>Has the host forward packets of the families that gateways are of.</summary>
    public static void EnableForwarding(RouteSocket route, IEnumerable<InterfaceAddress> gateways)
    {
        foreach (bool isIPv6 in gateways.Select(gateway => gateway.IsIPv6).Distinct())
        {
            if (isIPv6)
            {
                HostForwarding.EnableIPv6(route, "all");
            }
            else
            {
                HostForwarding.EnableIPv4();
            }
        }
    }

    /// <summary>The bridge as it is with its ports: one that nobody gave a MAC address takes that of a port.</summary>
    public static Link Renew(RouteSocket route, Link bridge) =>
        bridge.MacAddress == MacOf(bridge.Name) ? bridge : route.GetLink(LinkSelector.ByIndex(bridge.Index));

    /// <summary>
    /// The MAC address of a bridge that we make. It is computed from the name, so that concurrent creators choose the same.
    /// </summary>
    public static MacAddress MacOf(InterfaceName bridge) =>
        MacAddress.From([0x0a, 0x58, .. XxHash128.Hash(Encoding.UTF8.GetBytes(bridge.ToString())).AsSpan(0, 4)]);

    /// <summary>Does something that another process may have done at the same moment.</summary>
    public static void Tolerate(Errno errno, Action action)
    {
        try
        {
            action();
        }
        catch (NetlinkException error) when (error.Errno == errno)
        {
            // it is as wanted
        }
    }

    /// <summary>Whether two addresses conflict: a bridge has one IPv4 network apart from those of one call; IPv6 networks must not overlap.</summary>
    private static bool IsInTheWay(InterfaceAddress there, InterfaceAddress wanted, IReadOnlyList<InterfaceAddress> all) =>
        there.IsIPv6 == wanted.IsIPv6
        && !all.Contains(there)
        && !there.Address.IsIPv6LinkLocal
        && (!there.IsIPv6 || there.Subnet.Contains(wanted.Address) || wanted.Subnet.Contains(there.Address));

    /// <summary>
    /// Prepares a link for its first address of a family. A new link inherits the host's <c>conf/default</c>, which may have no forwarding and no
    /// IPv6. A bridge that nobody gave a MAC address keeps the one that it has, because containers remember their router's.
    /// </summary>
    private static void PrepareGateway(RouteSocket route, Link link, bool isIPv6)
    {
        if (isIPv6)
        {
            Sysctl.Write($"ipv6/conf/{link.Name}/disable_ipv6", "0");
            HostForwarding.EnableIPv6(route, link.Name.ToString());
        }
        else
        {
            Sysctl.Write($"ipv4/conf/{link.Name}/forwarding", "1");
        }
        if (link is { Kind: BridgeKind, MacAddress: { } mac } && mac != MacOf(link.Name))
        {
            route.Batch().ChangeLink(LinkSelector.ByIndex(link.Index), new LinkChange { MacAddress = mac }).Execute();
        }
    }

    /// <summary>
    /// Its MAC address is fixed, because a bridge without one takes the lowest of its ports' addresses and changes it as containers come and
    /// go. The IPv6 settings come before the bridge is up, because otherwise it would probe for duplicates of its address and accept router
    /// advertisements.
    /// </summary>
    private static Link Create(RouteSocket route, BridgePlan plan)
    {
        Link wanted = new()
        {
            Name = plan.Bridge,
            Kind = new BridgeKind { VlanFiltering = plan.FiltersVlans ? true : null },
            MacAddress = MacOf(plan.Bridge),
            Mtu = plan.Mtu,
        };
        try
        {
            Tolerate(Errno.EEXIST, () => route.Batch().CreateLink(wanted).Execute());
        }
        catch (NetlinkException error) when (plan.FiltersVlans && error.Errno is Errno.EOPNOTSUPP)
        {
            throw new CniException(
                CniErrorCode.UnsupportedField,
                $"vlan: this kernel's bridges do not filter by VLAN (CONFIG_BRIDGE_VLAN_FILTERING): {error.Message}",
                innerException: error);
        }
        if (Sysctl.Read($"ipv6/conf/{plan.Bridge}/accept_ra") is not null)
        {
            Sysctl.Write($"ipv6/conf/{plan.Bridge}/accept_ra", "0");
            Sysctl.Write($"ipv6/conf/{plan.Bridge}/accept_dad", "0");
        }
        return route.GetLink(LinkSelector.ByName(plan.Bridge));
    }
}
