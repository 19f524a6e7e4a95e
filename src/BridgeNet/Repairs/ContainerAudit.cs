using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;
using BridgeNet.Wiring;

namespace BridgeNet.Repairs;

/// <summary>Compares the inside of a container with its record: its interface up, its addresses, the loopback, the default routes.</summary>
internal static class ContainerAudit
{
    /// <summary>Whether something is missing.</summary>
    /// <param name="inside">A socket of the container's namespace.</param>
    /// <param name="endpoint">What is to be there.</param>
    /// <param name="index">The interface.</param>
    public static bool IsWrong(RouteSocket inside, EndpointState endpoint, int index) =>
        !ContainerGlance.IsRight(inside, endpoint, index)
        && (DownOf(inside, index).Any() || MissingAddresses(inside, endpoint, index).Any() || AreRoutesWrong(inside, endpoint, index));

    /// <summary>Finds what is missing, and restores it if it is to.</summary>
    /// <param name="inside">A socket of the container's namespace.</param>
    /// <param name="endpoint">What is to be there.</param>
    /// <param name="index">The interface.</param>
    /// <param name="mends">Whether to restore it.</param>
    /// <returns>What was wrong, a line each.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<string> Look(RouteSocket inside, EndpointState endpoint, int index, bool mends)
    {
        List<string> faults = [];
        foreach (Link link in DownOf(inside, index).ToArray())
        {
            if (mends)
            {
                inside.Batch().ChangeLink(LinkSelector.ByIndex(link.Index), new LinkChange { IsUp = true }).Execute();
            }
            faults.Add($"{link.Name} in the container was down");
        }
        foreach (InterfaceAddress address in MissingAddresses(inside, endpoint, index).ToArray())
        {
            if (mends)
            {
                inside.Batch().ReplaceAddress(address.OnLink(index)).Execute();
                LocalRoutes.Await(inside, [address]);
            }
            faults.Add($"{endpoint.InterfaceName} in the container lacked {address}");
        }
        IReadOnlyList<IPRoute> routes = ContainerRoutes.There(inside, endpoint, index);
        foreach (IPRoute route in ContainerRoutes.Missing(routes, endpoint, index).ToArray())
        {
            if (mends)
            {
                Restore(inside, route, endpoint, index);
            }
            string way = route.IsDefault ? $"default route by {route.Gateway}" : $"route to {route.Destination}";
            faults.Add($"the container had no {way}");
        }
        if (ContainerRoutes.HasOther(routes, index) && !SourceRoutes.IsThere(inside, endpoint, index))
        {
            if (mends)
            {
                SourceRoutes.Ensure(inside, endpoint, index);
            }
            faults.Add($"the container had no way out by {endpoint.InterfaceName} for what {endpoint.InterfaceName} sends");
        }
        return faults;
    }

    private static void Restore(RouteSocket inside, IPRoute route, EndpointState endpoint, int index)
    {
        if (route is { IsDefault: true, Gateway: { } gateway })
        {
            DefaultRoutes.Rank(inside, gateway, index, endpoint.GatewayPriority, []);
        }
        else
        {
            inside.Batch().ReplaceRoute(route).Execute();
        }
    }

    private static IEnumerable<Link> DownOf(RouteSocket inside, int index) =>
        from wanted in new[] { ContainerWiring.LoopbackIndex, index }
        let link = inside.TryGetLink(LinkSelector.ByIndex(wanted))
        where link is not null && !link.IsUp
        select link;

    private static IEnumerable<InterfaceAddress> MissingAddresses(RouteSocket inside, EndpointState endpoint, int index)
    {
        HashSet<InterfaceAddress> there = [.. inside.ListAddresses(index).Select(address => address.Address)];
        return endpoint.InterfaceAddresses.Where(address => !there.Contains(address));
    }

    private static bool AreRoutesWrong(RouteSocket inside, EndpointState endpoint, int index)
    {
        IReadOnlyList<IPRoute> routes = ContainerRoutes.There(inside, endpoint, index);
        return ContainerRoutes.Missing(routes, endpoint, index).Any()
            || (ContainerRoutes.HasOther(routes, index) && !SourceRoutes.IsThere(inside, endpoint, index));
    }
}
