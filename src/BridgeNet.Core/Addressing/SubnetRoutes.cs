using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Core.Addressing;

/// <summary>The routes to the subnets of an interface's addresses.</summary>
internal static class SubnetRoutes
{
    /// <summary>
    /// Restores the routes to the subnets of IPv6 addresses. When a link comes up, the kernel makes those of the addresses that it has without
    /// waiting for memory, and tells nobody if there was none (fixup_permanent_addr in net/ipv6/addrconf.c); then a default route through a gateway
    /// of the subnet fails with EHOSTUNREACH. An address that is set again gets its route again.
    /// </summary>
    public static RouteBatch EnsureSubnetRoutes(
        this RouteBatch batch, IEnumerable<InterfaceAddress> addresses, int link, bool detectsDuplicates = false)
    {
        foreach (InterfaceAddress address in addresses)
        {
            batch = address.IsIPv6 && !address.Address.IsIPv6LinkLocal ? batch.ReplaceAddress(address.OnLink(link, detectsDuplicates)) : batch;
        }
        return batch;
    }
}
