using System.Net;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Wiring;

/// <summary>
/// The kernel's part of an attach, in two sends. On the host: the veth, its peer already inside the container, named, on the bridge and up.
/// In the container: the addresses, the links up, the routes.
/// </summary>
internal static class ContainerWiring
{
    /// <summary>How many names eth0, eth1, … are tried when nobody asked for one.</summary>
    private const int InterfaceNames = 100;

    /// <summary>The loopback's index, which is the same in every namespace.</summary>
    public const int LoopbackIndex = 1;

    /// <summary>The index of a namespace's first interface beside the loopback.</summary>
    private const int FirstIndex = 2;

    private static readonly LinkChange s_up = new() { IsUp = true };
    private static readonly LinkChange s_withoutOwnLinkLocal = new() { Ipv6AddressGeneration = Ipv6AddressGeneration.None };

    /// <summary>Wires the container up.</summary>
    /// <param name="host">The host's socket.</param>
    /// <param name="inside">The container's socket.</param>
    /// <param name="endpoint">What is wanted.</param>
    /// <param name="network">Its network.</param>
    /// <param name="sandbox">The container.</param>
    /// <param name="mayRename">Whether the next free number is taken if the interface's name is taken in the container.</param>
    /// <param name="siblings">The other endpoints of the container; asked only if it has default routes already.</param>
    /// <returns>The interface's index in the container, and its name as it came to be.</returns>
    /// <exception cref="EndpointConflictException">The interface's name is taken in the container.</exception>
    public static (int Index, InterfaceName Name) Build(
        RouteSocket host,
        RouteSocket inside,
        EndpointState endpoint,
        NetworkDefinition network,
        NetworkNamespace sandbox,
        bool mayRename,
        ContainerSiblings siblings)
    {
        int bridge = IndexOfBridge(host, network);
        (int index, InterfaceName name) = CreateVeth(host, endpoint, bridge, network, sandbox, mayRename);
        if (endpoint.Sysctls.Count > 0)
        {
            ApplySysctls(sandbox, endpoint, name);
        }
        bool wasFirst;
        try
        {
            wasFirst = Configure(inside, endpoint, index, siblings, host);
        }
        catch (NetlinkException error) when (error.Errno is Errno.EACCES && MayEnableIPv6(endpoint))
        {
            EnableIPv6(sandbox, name);
            Complete(inside, endpoint, index, siblings, host);
            wasFirst = false;
        }
        LocalRoutes.Await(inside, endpoint.InterfaceAddresses);
        if (wasFirst && (name != endpoint.InterfaceName || (endpoint.Gateways.Count == 0 && index > FirstIndex)))
        {
            siblings.RefuseTwin(host); // nothing in the way showed whether the container is on this network already
        }
        return (index, name);
    }

    /// <summary>Makes the veth of a prepared endpoint, whose other end waits on the host.</summary>
    /// <param name="host">The host's socket.</param>
    /// <param name="endpoint">What is wanted.</param>
    /// <param name="network">Its network.</param>
    /// <returns>The bridge's index.</returns>
    public static int Prepare(RouteSocket host, EndpointState endpoint, NetworkDefinition network)
    {
        int bridge = IndexOfBridge(host, network);
        _ = CreateVeth(host, endpoint, bridge, network, sandbox: null, endpoint.InterfaceName);
        return bridge;
    }

    private static int IndexOfBridge(RouteSocket host, NetworkDefinition network) =>
        host.TryGetIndex(network.Device.GetValueOrDefault())
        ?? throw new NetworkConflictException(network.Name, $"its bridge {network.Device} is gone: repair it (BridgeDriver.Repair)");

    private static (int Index, InterfaceName Name) CreateVeth(
        RouteSocket host, EndpointState endpoint, int bridge, NetworkDefinition network, NetworkNamespace sandbox, bool mayRename)
    {
        for (int number = 0; ; number++)
        {
            InterfaceName name = number == 0 ? endpoint.InterfaceName : LinkNames.OfContainer(network, number);
            try
            {
                return (CreateVeth(host, endpoint, bridge, network, sandbox, name), name);
            }
            catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
            {
                if (!mayRename || number == InterfaceNames - 1)
                {
                    string reason = $"the interface {name} is there in {sandbox.Path}: choose another name (EndpointRequest.InterfaceName)";
                    throw new EndpointConflictException(endpoint.Name, reason, error);
                }
            }
        }
    }

    /// <summary>
    /// One send: the pair; no IPv6 link-local address for the host's end, whose multicast would be flooded to every container;
    /// hairpin, by which a container reaches itself through its published port; and the peer's index, which the kernel has chosen.
    /// </summary>
    private static int CreateVeth(
        RouteSocket host, EndpointState endpoint, int bridge, NetworkDefinition network, NetworkNamespace? sandbox, InterfaceName name)
    {
        Link veth = new()
        {
            Name = endpoint.HostInterface,
            Kind = new VethKind
            {
                Peer = new VethPeer
                {
                    Name = name,
                    MacAddress = endpoint.MacAddress,
                    Mtu = network.Mtu,
                    NetworkNamespace = sandbox?.Descriptor,
                    TxQueues = 1,
                    RxQueues = 1,
                },
            },
            Master = bridge,
            Mtu = network.Mtu,
            IsUp = true,
            TxQueues = 1, // left out, the kernel allots one per CPU and then waits out a grace period to use one
            RxQueues = 1,
            Ipv6AddressGeneration = Ipv6AddressGeneration.None,
            BridgePort = new BridgePortSettings { Hairpin = true, Isolated = !network.InterContainer },
            Alias = KernelAlias.Of(endpoint.Id, endpoint.Name, endpoint.IsPrepared),
        };
        return host.Batch().CreateLinkForPeer(veth) ?? throw new NetlinkFormatException($"link {veth.Name}: IFLA_LINK is missing");
    }

    /// <summary>One send, unless the container has a default route already.</summary>
    /// <returns>Whether no other endpoint's route was in the way.</returns>
    private static bool Configure(RouteSocket inside, EndpointState endpoint, int index, ContainerSiblings siblings, RouteSocket host)
    {
        bool isBeside = index != FirstIndex && endpoint.Gateways.Count > 0 && ContainerRoutes.HasOther(inside.ListRoutes(), index);
        LinkSelector link = LinkSelector.ByIndex(index);
        RouteBatch batch = inside.Batch().ChangeLink(link, s_withoutOwnLinkLocal);
        foreach (InterfaceAddress address in endpoint.InterfaceAddresses)
        {
            batch = batch.AddAddress(address.OnLink(index)); // before the link is up, so that settings such as arp_notify concern it
        }
        batch = batch
            .ChangeLink(LinkSelector.ByIndex(LoopbackIndex), s_up)
            .ChangeLink(link, s_up)
            .EnsureSubnetRoutes(endpoint.InterfaceAddresses, index);
        foreach (IPRoute route in ContainerRoutes.Of(endpoint, index))
        {
            // one that is left of several networks does not have the best metric: a new one would be better without being asked to
            batch = isBeside && route.IsDefault ? batch : batch.AddRoute(route);
        }
        try
        {
            batch.Execute();
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST && endpoint.Gateways.Count + endpoint.Routes.Count > 0)
        {
            IReadOnlyList<IPRoute> there = ContainerRoutes.There(inside, endpoint, index);
            if (ContainerRoutes.Missing(there, endpoint with { Gateways = [] }, index).FirstOrDefault() is { } taken)
            {
                throw new EndpointConflictException(
                    endpoint.Name,
                    $"the container has another route to {taken.Destination}: leave it out (EndpointRequest.Routes), or detach what has it",
                    error);
            }
            isBeside = true;
        }
        if (isBeside)
        {
            RankRoutes(inside, endpoint, index, siblings, host);
        }
        return !isBeside;
    }

    /// <summary>Whether the endpoint has IPv6 and nobody asked for an interface without.</summary>
    private static bool MayEnableIPv6(EndpointState endpoint) =>
        endpoint.InterfaceAddresses.Any(address => address.IsIPv6)
        && !endpoint.Sysctls.Any(setting => setting.Key.EndsWith(".disable_ipv6", StringComparison.Ordinal));

    /// <summary>New interfaces of the container have no IPv6 (net.ipv6.conf.default.disable_ipv6): this one has, and with it the loopback.</summary>
    private static void EnableIPv6(NetworkNamespace sandbox, InterfaceName name) => sandbox.Run(() =>
    {
        Sysctl.Write($"ipv6/conf/{name}/disable_ipv6", "0");
        Sysctl.Write("ipv6/conf/lo/disable_ipv6", "0");
    });

    /// <summary>Does what the kernel refused of a send to <see cref="Configure"/>, and leaves alone what it did.</summary>
    private static void Complete(RouteSocket inside, EndpointState endpoint, int index, ContainerSiblings siblings, RouteSocket host)
    {
        RouteBatch batch = inside.Batch();
        foreach (InterfaceAddress address in endpoint.InterfaceAddresses)
        {
            batch = batch.ReplaceAddress(address.OnLink(index));
        }
        foreach (IPRoute route in ContainerRoutes.Of(endpoint, index).Where(route => !route.IsDefault))
        {
            batch = batch.ReplaceRoute(route);
        }
        batch.Execute();
        RankRoutes(inside, endpoint, index, siblings, host);
    }

    private static void RankRoutes(RouteSocket inside, EndpointState endpoint, int index, ContainerSiblings siblings, RouteSocket host) =>
        siblings.InTurn(others =>
        {
            siblings.RefuseTwin(host, others);
            foreach (IPAddress gateway in endpoint.Gateways)
            {
                DefaultRoutes.Rank(inside, gateway, index, endpoint.GatewayPriority, others);
            }
            SourceRoutes.Ensure(inside, endpoint, index);
            foreach (Link link in inside.ListLinks(hasStatistics: false))
            {
                if (link.IsUp && link.Index != index && DefaultRoutes.SiblingOf(link, others) is { } sibling)
                {
                    EnsureOf(inside, sibling, link.Index);
                }
            }
        });

    private static void EnsureOf(RouteSocket inside, EndpointState sibling, int index)
    {
        try
        {
            SourceRoutes.Ensure(inside, sibling, index);
        }
        catch (NetlinkException)
        {
            // it ends just now, or somebody changed it: what it lacks a repair restores
        }
    }

    private static void ApplySysctls(NetworkNamespace sandbox, EndpointState endpoint, InterfaceName name) => sandbox.Run(() =>
    {
        foreach ((string key, string value) in endpoint.Sysctls)
        {
            string[] parts = key.Split('.');
            parts[3] = name.ToString();
            Sysctl.Write(string.Join('/', parts[1..]), value);
        }
    });
}
