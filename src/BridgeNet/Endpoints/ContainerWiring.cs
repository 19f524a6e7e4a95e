using System.Globalization;

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

    /// <summary>The interface's name when nobody asked for one and none is there.</summary>
    public static InterfaceName FirstInterfaceName { get; } = InterfaceName.Parse("eth0");

    /// <summary>Wires the container up.</summary>
    /// <returns>The record, with the interface's name as it came to be.</returns>
    /// <exception cref="EndpointConflictException">The interface name that was asked for is taken in the container.</exception>
    public static EndpointRecord Build(RouteSocket host, EndpointRecord record, NetworkRecord network, NetworkNamespace sandbox, InterfaceName? wanted)
    {
        Link bridge = host.TryGetLink(LinkSelector.ByName(InterfaceName.Parse(network.Device)))
            ?? throw new NetworkConflictException(network.Name, $"its bridge {network.Device} is gone: ensure the network again");
        using RouteSocket inside = sandbox.Run(RouteSocket.Open);
        (Link veth, InterfaceName name) = CreateVeth(host, record, bridge.Index, network.Mtu, sandbox, wanted);
        Configure(inside, record, veth.PeerIndex ?? throw new NetlinkFormatException($"link {record.HostInterface}: IFLA_LINK is missing"));
        return record with { InterfaceName = name.ToString() };
    }

    private static (Link Veth, InterfaceName Name) CreateVeth(
        RouteSocket host, EndpointRecord record, int bridge, int? mtu, NetworkNamespace sandbox, InterfaceName? wanted)
    {
        for (int number = 0; ; number++)
        {
            InterfaceName name = wanted ?? InterfaceName.Parse("eth" + number.ToString(CultureInfo.InvariantCulture));
            try
            {
                return (CreateVeth(host, record, bridge, mtu, sandbox, name), name);
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
    /// hairpin, by which a container reaches itself through its published port; and the link read back, for the peer's index.
    /// </summary>
    private static Link CreateVeth(RouteSocket host, EndpointRecord record, int bridge, int? mtu, NetworkNamespace sandbox, InterfaceName name)
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
                    Mtu = mtu,
                    NetworkNamespace = sandbox.Descriptor,
                    TxQueues = 1,
                    RxQueues = 1,
                },
            },
            Master = bridge,
            Mtu = mtu,
            IsUp = true,
            TxQueues = 1, // left out, the kernel allots one per CPU and then waits out a grace period to use one
            RxQueues = 1,
            Ipv6AddressGeneration = Ipv6AddressGeneration.None,
            BridgePort = new BridgePortSettings { Hairpin = true },
        };
        return host.Batch().CreateLink(veth).GetLink(LinkSelector.ByName(hostName));
    }

    /// <summary>One send. The default route goes behind those of other networks: the first network is the way out, and the next one when it goes.</summary>
    private static void Configure(RouteSocket inside, EndpointRecord record, int index)
    {
        InterfaceAddress address = InterfaceAddress.Parse(record.Address);
        LinkSelector link = LinkSelector.ByIndex(index);
        inside.Batch()
            .ChangeLink(link, new LinkChange { Ipv6AddressGeneration = Ipv6AddressGeneration.None })
            .AddAddress(new LinkAddress { LinkIndex = index, Address = address, Broadcast = address.BroadcastAddress })
            .ChangeLink(LinkSelector.ByIndex(LoopbackIndex), new LinkChange { IsUp = true })
            .ChangeLink(link, new LinkChange { IsUp = true })
            .AppendRoute(IPRoute.Default(System.Net.IPAddress.Parse(record.Gateway)) with { OutputInterface = index })
            .Execute();
    }
}
