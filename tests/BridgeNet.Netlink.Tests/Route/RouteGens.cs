using System.Net;
using BridgeNet.Netlink.Route;
using CsCheck;

namespace BridgeNet.Netlink.Tests;

/// <summary>Any values of what rtnetlink carries, as far as a message can carry them.</summary>
internal static class RouteGens
{
    public static readonly Gen<MacAddress> Mac = Gen.Byte.Array[6].Select(bytes => MacAddress.From(bytes));

    public static readonly Gen<IPAddress> IPv4 = Gen.Byte.Array[4].Select(bytes => new IPAddress(bytes));

    public static readonly Gen<IPAddress> IPv6 = Gen.Byte.Array[16].Select(bytes => new IPAddress(bytes));

    public static readonly Gen<InterfaceAddress> InterfaceAddress = Gen.OneOf(
        Gen.Select(IPv4, Gen.Int[0, 32], (address, prefix) => new InterfaceAddress(address, prefix)),
        Gen.Select(IPv6, Gen.Int[0, 128], (address, prefix) => new InterfaceAddress(address, prefix)));

    public static readonly Gen<InterfaceName> Name =
        Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789-_.@ä"].Array[1, 7].Select(chars => InterfaceName.Parse($"v{new string(chars)}"));

    public static readonly Gen<string> Text = Gen.Char[' ', '~'].Array[0, 40].Select(chars => new string(chars));

    private static readonly Gen<bool?> s_switch = Gen.Bool.Nullable();

    private static readonly Gen<TimeSpan?> s_centiseconds =
        Gen.UInt.Select(value => TimeSpan.FromTicks(value * (TimeSpan.TicksPerSecond / 100))).Nullable();

    private static readonly Gen<TimeSpan?> s_seconds =
        Gen.UInt[0, uint.MaxValue - 1].Select(value => TimeSpan.FromTicks(value * TimeSpan.TicksPerSecond)).Nullable();

    public static readonly Gen<BridgeKind> Bridge =
        from stp in Gen.Enum<BridgeStpState>().Nullable()
        from priority in Gen.UShort.Nullable()
        from times in s_centiseconds.Array[4]
        from vlan in Gen.UShort.Nullable()
        from mask in Gen.UShort.Nullable()
        from switches in s_switch.Array[5]
        select new BridgeKind
        {
            StpState = stp,
            Priority = priority,
            ForwardDelay = times[0],
            HelloTime = times[1],
            MaxAge = times[2],
            AgeingTime = times[3],
            DefaultVlan = vlan,
            GroupForwardMask = mask,
            VlanFiltering = switches[0],
            MulticastSnooping = switches[1],
            MulticastQuerier = switches[2],
            CallIptables = switches[3],
            CallIp6tables = switches[4],
        };

    public static readonly Gen<VethPeer> Peer =
        from name in Name
        from index in Gen.Int
        from mac in Mac.Nullable()
        from mtu in Gen.Int.Nullable()
        from queues in Gen.Int.Nullable().Array[2]
        select new VethPeer { Name = name, Index = index, MacAddress = mac, Mtu = mtu, TxQueues = queues[0], RxQueues = queues[1] };

    public static readonly Gen<MacvlanKind> Macvlan =
        from mode in Gen.Enum<MacvlanMode>().Nullable()
        from length in Gen.UInt.Nullable()
        from cutoff in Gen.Int.Nullable()
        select new MacvlanKind { Mode = mode, BroadcastQueueLength = length, BroadcastCutoff = cutoff };

    public static readonly Gen<LinkKind?> Kind = Gen.OneOf(
        Gen.Const(() => (LinkKind?)null),
        Bridge.Select(LinkKind? (bridge) => bridge),
        Peer.Select(LinkKind? (peer) => new VethKind { Peer = peer }),
        Gen.Const(() => (LinkKind?)new VethKind()),
        Gen.Const(() => (LinkKind?)new IfbKind()),
        Macvlan.Select(LinkKind? (macvlan) => macvlan),
        Gen.Enum<IpvlanMode>().Nullable().Select(LinkKind? (mode) => new IpvlanKind { Mode = mode }),
        Gen.UInt.Select(LinkKind? (table) => new VrfKind(table)),
        Gen.Byte.Array[1, 4].Select(LinkKind? (data) => new GenericKind("vxlan", (byte[])[8, 0, 1, 0, .. data, .. new byte[4 - data.Length]])));

    public static readonly Gen<BridgePortSettings> Port =
        from state in Gen.Enum<BridgePortState>().Nullable()
        from priority in Gen.UShort.Nullable()
        from cost in Gen.UInt.Nullable()
        from switches in s_switch.Array[12]
        select new BridgePortSettings
        {
            State = state,
            Priority = priority,
            Cost = cost,
            Hairpin = switches[0],
            BpduGuard = switches[1],
            RootBlock = switches[2],
            FastLeave = switches[3],
            Learning = switches[4],
            UnicastFlood = switches[5],
            MulticastFlood = switches[6],
            BroadcastFlood = switches[7],
            ProxyArp = switches[8],
            NeighbourSuppression = switches[9],
            Isolated = switches[10],
            Locked = switches[11],
        };

    /// <summary>What the message that creates a link carries: not its settings, nor what is only read.</summary>
    public static readonly Gen<Link> Link =
        from index in Gen.Int
        from name in Name
        from kind in Kind
        from mac in Mac.Nullable()
        from flags in Gen.UInt
        from @group in Gen.UInt.Nullable()
        from numbers in Gen.Int.Nullable().Array[6]
        select new Link
        {
            Index = index,
            Name = name,
            Kind = kind,
            MacAddress = mac,
            Flags = (LinkFlags)flags,
            Group = @group,
            Mtu = numbers[0],
            Master = numbers[1],
            PeerIndex = numbers[2],
            TxQueueLength = numbers[3],
            TxQueues = numbers[4],
            RxQueues = numbers[5],
        };

    public static readonly Gen<LinkAddress> Address = InterfaceAddress.SelectMany(own =>
        from index in Gen.Int
        from peer in Like(own.Address).Null()
        from broadcast in Like(own.Address).Null()
        from scope in Gen.Byte
        from flags in Gen.UInt
        from label in Text.Null()
        from lifetimes in s_seconds.Array[2]
        select new LinkAddress
        {
            LinkIndex = index,
            Address = own,
            Peer = own.Address.Equals(peer) ? null : peer,
            Broadcast = broadcast,
            Scope = (RouteScope)scope,
            Flags = (AddressFlags)flags,
            Label = label,
            PreferredLifetime = lifetimes[0],
            ValidLifetime = lifetimes[1],
        });

    public static readonly Gen<IPRoute> Route = InterfaceAddress.SelectMany(destination =>
        from gateway in Gen.OneOf(IPv4, IPv6).Null()
        from source in Like(destination.Address).Null()
        from numbers in Gen.UInt.Nullable().Array[2]
        from ints in Gen.Int.Nullable().Array[3]
        from type in Gen.Enum<RouteType>()
        from scope in Gen.Enum<RouteScope>()
        from protocol in Gen.Byte
        from flags in Gen.Bool
        select new IPRoute
        {
            Destination = destination.Subnet,
            Gateway = gateway,
            PreferredSource = source,
            Metric = numbers[0],
            Table = numbers[1] ?? IPRoute.MainTable,
            OutputInterface = ints[0],
            Mtu = ints[1],
            AdvertisedSegment = ints[2],
            Type = type,
            Scope = scope,
            Protocol = (RouteProtocol)protocol,
            Flags = flags ? RouteFlags.OnLink : RouteFlags.None,
        });

    public static readonly Gen<RoutingRule> Rule = InterfaceAddress.SelectMany(source =>
        from numbers in Gen.UInt.Array[2]
        from isPlaced in Gen.Bool
        from suppressed in Gen.Int[0, 128].Nullable()
        select new RoutingRule
        {
            Source = source.Subnet,
            Table = numbers[0],
            Priority = isPlaced ? numbers[1] : null,
            SuppressPrefixLength = suppressed,
        });

    public static readonly Gen<Neighbour> Neighbour =
        from index in Gen.Int
        from isEntry in Gen.Bool
        from address in Gen.OneOf(IPv4, IPv6)
        from mac in Mac.Nullable()
        from state in Gen.UShort
        from flags in Gen.Byte
        from vlan in Gen.UShort.Nullable()
        select new Neighbour
        {
            LinkIndex = index,
            IsForwardingEntry = isEntry,
            Address = isEntry && index % 2 == 0 ? null : address,
            MacAddress = mac,
            State = (NeighbourStates)state,
            Flags = (NeighbourFlags)flags,
            VlanId = vlan,
        };

    private static Gen<IPAddress> Like(IPAddress address) => address.GetAddressBytes().Length == 4 ? IPv4 : IPv6;
}
