using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Runtimes.Cni.Firewall;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Checks that everything that the plugin bridge created is still there. Later plugins may have changed other settings.</summary>
internal static class BridgeCheck
{
    /// <summary>Looks.</summary>
    /// <exception cref="CniException">100: the first thing that is missing.</exception>
    public static void Run(CniCall call, BridgePlan plan)
    {
        CniResult told = call.Previous ?? throw new CniException(CniErrorCode.InvalidConfiguration, "Required prevResult missing");
        Link bridge = call.Route.TryGetLink(LinkSelector.ByName(plan.Bridge)) ?? throw Gone($"bridge {plan.Bridge} is gone");
        Require(bridge.Kind is BridgeKind, $"{plan.Bridge} is not a bridge any more");
        Require(!plan.IsPromiscuous || bridge.Flags.HasFlag(LinkFlags.Promiscuous), $"bridge {plan.Bridge} is not promiscuous any more");
        CniInterface container = told.Interfaces.FirstOrDefault(link => link.IsAt(call.Environment.InterfaceName, call.Environment.NamespacePath))
            ?? throw Gone($"prevResult has no interface {call.Environment.InterfaceName} in {call.Environment.NamespacePath}");
        using NetworkNamespace sandbox = call.OpenSandbox();
        using RouteSocket inside = sandbox.Run(RouteSocket.Open);
        Link link = inside.TryGetLink(LinkSelector.ByName(call.Environment.InterfaceName))
            ?? throw Gone($"interface {container.Name} is gone from {container.Sandbox}");
        CheckBridgeMac(plan, bridge, told);
        CheckPort(call, plan, bridge, link, told);
        CheckInside(inside, link, container, told, plan);
        CheckGateways(call, plan, bridge, told);
        bool isMasqueraded = !plan.Masquerade || told.Addresses.Count == 0
            || new IPMasquerade(call.Netfilter).IsThere(call.Owner, [.. told.Addresses.Select(address => address.Address)]);
        Require(isMasqueraded, $"masquerading of {container.Name} is gone");
    }

    /// <summary>
    /// The bridge's MAC address matters where containers remember it as their router's. Without a gateway, a bridge that somebody else made may take
    /// another with each port that comes or goes.
    /// </summary>
    private static void CheckBridgeMac(BridgePlan plan, Link bridge, CniResult told)
    {
        string? mac = MacIn(told, plan.Bridge);
        bool matters = plan.IsGateway || IsSame(mac, CniBridge.MacOf(plan.Bridge));
        Require(!matters || mac is null || IsSame(mac, bridge.MacAddress), $"bridge {plan.Bridge} has MAC address {bridge.MacAddress}, not {mac}");
    }

    private static void CheckPort(CniCall call, BridgePlan plan, Link bridge, Link container, CniResult told)
    {
        Link port = call.Route.ListLinks(bridge.Index).FirstOrDefault(
            link => link.Kind is VethKind && link.PeerIndex == container.Index && link.Index == container.PeerIndex)
            ?? throw Gone($"interface {container.Name} is not connected to bridge {plan.Bridge} any more");
        string? mac = MacIn(told, port.Name);
        Require(mac is null || IsSame(mac, port.MacAddress), $"port {port.Name} has MAC address {port.MacAddress}, not {mac}");
        Require(!plan.IsIsolated || port.BridgePort?.Isolated is true, $"port {port.Name} is not isolated any more");
        Require(!plan.Hairpin || port.BridgePort?.Hairpin is true, $"port {port.Name} is not in hairpin mode any more");
    }

    private static void CheckInside(RouteSocket inside, Link link, CniInterface told, CniResult result, BridgePlan plan)
    {
        Require(
            told.Mac is null || IsSame(told.Mac, link.MacAddress),
            $"interface {link.Name} has MAC address {link.MacAddress}, not {told.Mac}");
        Require(plan.StaysDown || link.IsUp, $"interface {link.Name} is down");
        HashSet<InterfaceAddress> addresses = [.. inside.ListAddresses(link.Index).Select(address => address.Address)];
        foreach (CniAddress address in result.Addresses)
        {
            Require(addresses.Contains(address.Address), $"interface {link.Name} has lost {address.Address}");
        }
        foreach (CniRoute route in result.Routes)
        {
            IPRoute wanted = ContainerInterface.ToRoute(route, link.Index, result.Addresses);
            bool isThere = inside.ListRoutes(wanted.Destination.BaseAddress.AddressFamily, wanted.Table)
                .Any(other => other.Destination.Equals(wanted.Destination) && (wanted.Gateway is null || wanted.Gateway.Equals(other.Gateway)));
            Require(isThere, $"the route to {route.Destination} is gone");
        }
    }

    private static void CheckGateways(CniCall call, BridgePlan plan, Link bridge, CniResult told)
    {
        if (!plan.IsGateway || plan.PortVlan is not null)
        {
            return;
        }
        HashSet<InterfaceAddress> there = [.. call.Route.ListAddresses(bridge.Index).Select(address => address.Address)];
        foreach (InterfaceAddress gateway in BridgeAddresses.GatewaysOf(told))
        {
            Require(there.Contains(gateway), $"bridge {plan.Bridge} has lost {gateway}");
        }
    }

    private static string? MacIn(CniResult told, InterfaceName name) => told.Interfaces
        .FirstOrDefault(link => link.Sandbox is null && string.Equals(link.Name, name.ToString(), StringComparison.Ordinal))?.Mac;

    private static bool IsSame(string? told, MacAddress? actual) => string.Equals(told, actual?.ToString(), StringComparison.OrdinalIgnoreCase);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Gone(otherwise);
        }
    }

    private static CniException Gone(string message) => new(CniErrorCode.NotAsAdded, message);
}
