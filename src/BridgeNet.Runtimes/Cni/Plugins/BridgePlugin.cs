using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Runtimes.Cni.Firewall;

namespace BridgeNet.Runtimes.Cni;

/// <summary>bridge: a veth on a bridge, with addresses and routes of an IPAM plugin.</summary>
/// <param name="serves">Which defaults apply; see <see cref="BridgePlan.From"/>.</param>
internal sealed class BridgePlugin(bool serves = false) : ICniPlugin
{
    /// <inheritdoc/>
    public string Name => "bridge";

    /// <inheritdoc/>
    public CniResult Add(CniCall call)
    {
        BridgePlan plan = BridgePlan.From(call.Options<BridgeOptions>(), call, serves);
        CniIpam ipam = new(call);
        using NetworkNamespace sandbox = call.OpenSandbox();
        CniResult given = ipam.Add();
        bool isMade = false;
        try
        {
            given.CheckFits(call.Version);
            Link bridge = CniBridge.Ensure(call.Route, plan);
            CniResult addresses = BridgeAddresses.Complete(plan, given);
            Link gatewayLink = plan is { IsGateway: true, PortVlan: { } vlan } ? VlanPort.EnsureGateway(call.Route, plan, bridge, vlan) : bridge;
            if (plan.IsGateway)
            {
                InterfaceAddress[] gateways = [.. BridgeAddresses.GatewaysOf(addresses)];
                CniBridge.EnsureAddresses(call.Route, gatewayLink, gateways, plan.ForceAddress);
                CniBridge.EnableForwarding(call.Route, gateways);
            }
            Link port = ContainerInterface.Create(call, plan, bridge, sandbox);
            isMade = true;
            VlanPort.Apply(call.Route, port.Index, plan);
            Link inside = SetUp(call, plan, sandbox, port, addresses);
            if (plan.ChecksMac && inside.MacAddress is { } mac)
            {
                MacGuard.Add(call.Netfilter, port.Name, mac);
            }
            if (plan.Masquerade && addresses.Addresses.Count > 0)
            {
                new IPMasquerade(call.Netfilter).Add(call.Owner, [.. addresses.Addresses.Select(address => address.Address)], plan.MasqueradeLayout);
            }
            return ToResult(call, CniBridge.Renew(call.Route, bridge), gatewayLink, port, inside, addresses);
        }
        catch
        {
            Undo(call, ipam, isMade);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Delete(CniCall call)
    {
        CniTeardown teardown = new();
        teardown
            .Then(() => new CniIpam(call).Delete())
            .Then(
                () => MacGuard.Remove(call.Netfilter, HostInterfaceName.Of(call.Environment.ContainerId, call.Environment.InterfaceName.ToString())))
            .Then(() => ContainerInterface.Delete(call))
            .Then(() => LocalhostRoute.CloseWithLast(call, () => new IPMasquerade(call.Netfilter).Remove(call.Owner)))
            .Finish();
    }

    /// <inheritdoc/>
    public void Check(CniCall call)
    {
        new CniIpam(call).Check();
        BridgeCheck.Run(call, BridgePlan.From(call.Options<BridgeOptions>(), call, serves));
    }

    /// <inheritdoc/>
    public void Status(CniCall call)
    {
        BridgePlan plan = BridgePlan.From(call.Options<BridgeOptions>(), call, serves);
        new CniIpam(call).Status();
        if (call.Route.TryGetLink(LinkSelector.ByName(plan.Bridge)) is { Kind: not BridgeKind })
        {
            throw new CniException(CniErrorCode.NotAvailable, $"\"{plan.Bridge}\" already exists but is not a bridge: name another one");
        }
    }

    /// <inheritdoc/>
    public void CollectGarbage(CniCall call)
    {
        new CniTeardown()
            .Then(() => new CniIpam(call).CollectGarbage())
            .Then(() => CollectLinks(call, call.ValidAttachments ?? []))
            .Then(() => MacGuard.RemoveOrphans(call.Netfilter, call.Route))
            .Then(() => new IPMasquerade(call.Netfilter).RemoveAllBut(call.Network, call.ValidOwners))
            .Finish();
    }

    private static void CollectLinks(CniCall call, IReadOnlyList<CniAttachment> valid)
    {
        CniTeardown teardown = new();
        HashSet<string> kept =
            [.. valid.Select(attachment => HostInterfaceName.AliasOf(call.Network, attachment.ContainerId, attachment.IfName))];
        foreach (Link link in call.Route.ListLinks().Where(
            link => link.Kind is VethKind && HostInterfaceName.IsOfNetwork(link.Alias, call.Network) && !kept.Contains(link.Alias!)))
        {
            teardown.Then(() => MacGuard.Remove(call.Netfilter, link.Name)).Then(() => call.Route.DeleteLink(LinkSelector.ByIndex(link.Index)));
        }
        teardown.Finish();
    }

    private static Link SetUp(CniCall call, BridgePlan plan, NetworkNamespace sandbox, Link port, CniResult addresses)
    {
        int index = port.PeerIndex ?? throw new NetlinkFormatException($"link {port.Name}: IFLA_LINK is missing");
        if (addresses.Addresses.Any(address => address.Address.IsIPv6))
        {
            ContainerInterface.ApplyIPv6Settings(sandbox, call.Environment.InterfaceName, plan);
        }
        using RouteSocket inside = RouteSocket.TryOpenIn(sandbox.Descriptor) ?? sandbox.Run(RouteSocket.Open);
        return ContainerInterface.Configure(inside, index, plan, addresses.Addresses, addresses.Routes);
    }

    /// <summary>Runtimes and tests rely on this order: the bridge, the host's end, the container's, then what else there is.</summary>
    private static CniResult ToResult(CniCall call, Link bridge, Link gatewayLink, Link port, Link inside, CniResult addresses)
    {
        const int Container = 2;
        CniInterface[] links =
        [
            ToInterface(bridge),
            ToInterface(port),
            ToInterface(inside) with { Name = call.Environment.InterfaceName.ToString(), Sandbox = call.Environment.NamespacePath },
        ];
        return addresses with
        {
            Interfaces = gatewayLink.Index == bridge.Index ? [.. links] : [.. links, ToInterface(gatewayLink)],
            Addresses = [.. addresses.Addresses.Select(address => address with { Interface = Container })],
            Dns = BridgeAddresses.DnsOf(call, addresses.Dns),
        };
    }

    private static CniInterface ToInterface(Link link) => new() { Name = link.Name.ToString(), Mac = link.MacAddress?.ToString(), Mtu = link.Mtu };

    /// <summary>Undoes an ADD that failed. Failures of the undoing are not told: the caller throws the error that led here.</summary>
    private static void Undo(CniCall call, CniIpam ipam, bool isMade)
    {
        CniTeardown teardown = new();
        teardown.Then(ipam.Delete);
        if (isMade)
        {
            teardown
                .Then(() => ContainerInterface.Delete(call))
                .Then(() => new IPMasquerade(call.Netfilter).Remove(call.Owner));
        }
    }
}
