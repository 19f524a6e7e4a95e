using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Ports of a bridge that filters by VLAN.</summary>
internal static class VlanPort
{
    private const ushort DefaultVlan = 1;

    /// <summary>Adds a port to its VLANs, and removes it from the bridge's default VLAN.</summary>
    public static void Apply(RouteSocket route, int port, BridgePlan plan)
    {
        if (!plan.FiltersVlans)
        {
            return;
        }
        RouteBatch batch = route.Batch();
        foreach (BridgeVlans vlans in plan.Vlans)
        {
            batch = batch.AddVlans(port, vlans);
        }
        if (!plan.KeepsDefaultVlan && !plan.Vlans.Any(vlans => vlans.First is DefaultVlan))
        {
            batch = batch.DeleteVlans(port, new BridgeVlans(DefaultVlan, DefaultVlan));
        }
        batch.Execute();
    }

    /// <summary>
    /// The host's own interface in a VLAN of a bridge, which has the gateway's address: BRIDGE.VLAN, a veth whose other end is a port.
    /// </summary>
    /// <exception cref="CniException">7: the name is too long, or another link's.</exception>
    public static Link EnsureGateway(RouteSocket route, BridgePlan plan, Link bridge, ushort vlan)
    {
        if (!InterfaceName.TryParse($"{plan.Bridge}.{vlan}", null, out InterfaceName name))
        {
            throw new CniException(
                CniErrorCode.InvalidConfiguration,
                $"the interface {plan.Bridge}.{vlan} would have a name of more than {InterfaceName.MaxBytes} bytes: name a shorter bridge");
        }
        LinkSelector selector = LinkSelector.ByName(name);
        if (route.TryGetLink(selector) is null)
        {
            Create(route, plan, bridge, name);
        }
        Link gateway = route.GetLink(selector);
        return gateway.Kind is VethKind
            ? gateway
            : throw new CniException(CniErrorCode.InvalidConfiguration, $"\"{name}\" already exists but is not a veth: name another bridge");
    }

    private static void Create(RouteSocket route, BridgePlan plan, Link bridge, InterfaceName name)
    {
        InterfaceName port = HostInterfaceName.Of(plan.Bridge.ToString(), name.ToString());
        CniBridge.Tolerate(Errno.EEXIST, () => route.Batch().CreateLink(new Link
        {
            Name = port,
            Kind = new VethKind { Peer = new VethPeer { Name = name, Mtu = plan.Mtu } },
            Master = bridge.Index,
            Mtu = plan.Mtu,
            IsUp = true,
        }).Execute());
        route.Batch().ChangeLink(LinkSelector.ByName(name), new LinkChange { IsUp = true }).Execute();
        Apply(
            route,
            route.GetLink(LinkSelector.ByName(port)).Index,
            plan with { Vlans = [.. plan.Vlans.Where(vlans => vlans.IsPortVlan)], KeepsDefaultVlan = false });
    }
}
