using System.Globalization;
using System.Net;

using BridgeNet.Host;
using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>
/// The kernel's part of an attach, in two sends: on the host the veth, its peer already inside the container, named, on the bridge and up;
/// in the container the address, the links up and the default route.
/// </summary>
internal static class ContainerWiring
{
    /// <summary>How many names eth0, eth1, … are tried when nobody asked for one.</summary>
    private const int InterfaceNames = 100;

    private const int LoopbackIndex = 1;

    /// <summary>The interface's name of a number when nobody asked for one.</summary>
    public static InterfaceName NameOf(NetworkRecord network, int number) =>
        InterfaceName.Parse((network.InterfacePrefix ?? "eth") + number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The link through which an endpoint's outgoing packets are slowed down.</summary>
    public static InterfaceName ShaperNameOf(EndpointRecord record) => ShaperNameOf(record.Id);

    /// <summary>The link through which an endpoint's outgoing packets are slowed down.</summary>
    public static InterfaceName ShaperNameOf(string id) => InterfaceName.Parse($"ifb{id.AsSpan(0, 10)}");

    /// <summary>The host's end of an endpoint's veth.</summary>
    public static InterfaceName HostNameOf(string id) => InterfaceName.Parse($"veth{id.AsSpan(0, 10)}");

    /// <summary>Wires the container up.</summary>
    /// <param name="host">The host's socket.</param>
    /// <param name="record">What is wanted.</param>
    /// <param name="network">The network.</param>
    /// <param name="sandbox">The container.</param>
    /// <param name="request">What was asked for beside what is in the record.</param>
    /// <param name="siblings">The other endpoints of the container; asked only if it has default routes already.</param>
    /// <returns>The record with the interface's name as it came to be, and the interface's index in the container.</returns>
    /// <exception cref="EndpointConflictException">The interface name that was asked for is taken in the container.</exception>
    public static (EndpointRecord Record, int Index) Build(
        RouteSocket host,
        EndpointRecord record,
        NetworkRecord network,
        NetworkNamespace sandbox,
        EndpointRequest request,
        ContainerSiblings siblings)
    {
        int bridge = host.TryGetIndex(network.DeviceName())
            ?? throw new NetworkConflictException(network.Name, $"its bridge {network.Device} is gone: repair it (bridgenet repair)");
        using RouteSocket inside = sandbox.OpenRoute();
        (int index, InterfaceName name) = CreateVeth(host, record, bridge, network, sandbox, request.InterfaceName);
        if (request.Sysctls.Count > 0)
        {
            sandbox.Run(() => ApplySysctls(request, name));
        }
        Configure(inside, record, index, siblings);
        return (record with { InterfaceName = name.ToString() }, index);
    }

    /// <summary>The routes that the container is to have by its interface, the default ones last.</summary>
    public static IEnumerable<IPRoute> RoutesOf(EndpointRecord record, int index)
    {
        foreach (RouteRecord route in record.Routes ?? [])
        {
            yield return new IPRoute
            {
                Destination = IPNetwork.Parse(route.Destination),
                Gateway = route.NextHop is { } hop ? IPAddress.Parse(hop) : null,
                OutputInterface = index,
                Scope = route.NextHop is null ? RouteScope.Link : null,
            };
        }
        foreach (string gateway in record.Gateways)
        {
            yield return IPRoute.Default(IPAddress.Parse(gateway)) with { OutputInterface = index };
        }
    }

    private static (int Index, InterfaceName Name) CreateVeth(
        RouteSocket host, EndpointRecord record, int bridge, NetworkRecord network, NetworkNamespace sandbox, InterfaceName? wanted)
    {
        for (int number = 0; ; number++)
        {
            InterfaceName name = wanted ?? NameOf(network, number);
            try
            {
                return (CreateVeth(host, record, bridge, network, sandbox, name), name);
            }
            catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
            {
                if (wanted is not null || number == InterfaceNames - 1)
                {
                    throw new EndpointConflictException(record.Name, $"the interface {name} is there in {sandbox.Path}: choose another name (--ifname)", error);
                }
            }
        }
    }

    /// <summary>
    /// One send: the pair; no IPv6 link-local address for the host's end, whose multicast would be flooded to every container;
    /// hairpin, by which a container reaches itself through its published port; and the peer's index, which the kernel has chosen.
    /// </summary>
    private static int CreateVeth(RouteSocket host, EndpointRecord record, int bridge, NetworkRecord network, NetworkNamespace sandbox, InterfaceName name)
    {
        InterfaceName hostName = InterfaceName.Parse(record.HostInterface);
        Link veth = new()
        {
            Name = hostName,
            Kind = new VethKind
            {
                Peer = new VethPeer
                {
                    Name = name,
                    MacAddress = MacAddress.Parse(record.MacAddress),
                    Mtu = network.Mtu,
                    NetworkNamespace = sandbox.Descriptor,
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
            BridgePort = new BridgePortSettings { Hairpin = true, Isolated = network.Quiet },
            Alias = KernelAlias.Of(record.Id, record.Name),
        };
        return host.Batch().CreateLinkForPeer(veth) ?? throw new NetlinkFormatException($"link {hostName}: IFLA_LINK is missing");
    }

    /// <summary>One send, unless the container has a default route already.</summary>
    private static void Configure(RouteSocket inside, EndpointRecord record, int index, ContainerSiblings siblings)
    {
        LinkSelector link = LinkSelector.ByIndex(index);
        RouteBatch batch = inside.Batch().ChangeLink(link, new LinkChange { Ipv6AddressGeneration = Ipv6AddressGeneration.None });
        foreach (InterfaceAddress address in record.Addresses.Concat(record.LinkLocalAddresses ?? []).Select(text => InterfaceAddress.Parse(text)))
        {
            batch = batch.AddAddress(address.OnLink(index));
        }
        batch = batch
            .ChangeLink(LinkSelector.ByIndex(LoopbackIndex), new LinkChange { IsUp = true })
            .ChangeLink(link, new LinkChange { IsUp = true });
        foreach (IPRoute route in RoutesOf(record, index))
        {
            batch = batch.AddRoute(route);
        }
        try
        {
            batch.Execute();
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST && record.Gateways.Count > 0)
        {
            siblings.InTurn(others =>
            {
                foreach (IPAddress gateway in record.Gateways.Select(IPAddress.Parse))
                {
                    DefaultRoutes.Rank(inside, gateway, index, record.GatewayPriority, others);
                }
            });
        }
    }

    private static void ApplySysctls(EndpointRequest request, InterfaceName name)
    {
        foreach ((string key, string value) in request.Sysctls)
        {
            string[] parts = key.Split('.');
            parts[3] = name.ToString();
            Sysctl.Write(string.Join('/', parts[1..]), value);
        }
    }
}
