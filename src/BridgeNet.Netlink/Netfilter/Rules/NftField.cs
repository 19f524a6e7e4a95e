namespace BridgeNet.Netlink.Netfilter;

/// <summary>Something of a packet that a rule can compare or look up: <c>ip daddr</c>, <c>iifname</c>, <c>ct state</c>.</summary>
public sealed class NftField
{
    private const uint IPv4SourceOffset = 12, IPv4DestinationOffset = 16, IPv6SourceOffset = 8, IPv6DestinationOffset = 24;
    private const uint SourcePortOffset = 0, DestinationPortOffset = 2, TcpFlagsOffset = 13;
    private const int HalfAddress = 8;
    private const uint EthernetDestinationOffset = 0, EthernetSourceOffset = 6, EthernetTypeOffset = 12;
    private const uint ArpSenderEthernetOffset = 8, ArpSenderIPv4Offset = 14, IcmpV6BodyOffset = 8;

    private readonly NftExpression _load;

    private NftField(string name, NftType type, NftProtocolLayer layer, NftExpression load)
    {
        Name = name;
        Type = type;
        Layer = layer;
        _load = load;
    }

    /// <summary>iifname: the interface by which it came, not yet known in output.</summary>
    public static NftField InputInterface { get; } = Meta("iifname", NftType.InterfaceName, MetaKey.InputInterfaceName);

    /// <summary>oifname: the interface by which it leaves, not yet known in prerouting and input.</summary>
    public static NftField OutputInterface { get; } = Meta("oifname", NftType.InterfaceName, MetaKey.OutputInterfaceName);

    /// <summary>iif: as <see cref="InputInterface"/>, by index.</summary>
    public static NftField InputInterfaceIndex { get; } = Meta("iif", NftType.InterfaceIndex, MetaKey.InputInterface);

    /// <summary>oif: as <see cref="OutputInterface"/>, by index.</summary>
    public static NftField OutputInterfaceIndex { get; } = Meta("oif", NftType.InterfaceIndex, MetaKey.OutputInterface);

    /// <summary>meta nfproto: IPv4 or IPv6.</summary>
    public static NftField NetfilterProtocol { get; } = Meta("meta nfproto", NftType.NetfilterProtocol, MetaKey.NetfilterProtocol);

    /// <summary>meta l4proto: TCP, UDP ….</summary>
    public static NftField TransportProtocol { get; } = Meta("meta l4proto", NftType.Protocol, MetaKey.TransportProtocol);

    /// <summary>meta mark.</summary>
    public static NftField Mark { get; } = Meta("meta mark", NftType.Mark, MetaKey.Mark);

    /// <summary>ip saddr.</summary>
    public static NftField IPv4Source { get; } = Network("ip saddr", NftType.IPv4Address, NftProtocolLayer.IPv4, IPv4SourceOffset);

    /// <summary>ip daddr.</summary>
    public static NftField IPv4Destination { get; } = Network("ip daddr", NftType.IPv4Address, NftProtocolLayer.IPv4, IPv4DestinationOffset);

    /// <summary>ip6 saddr.</summary>
    public static NftField IPv6Source { get; } = Network("ip6 saddr", NftType.IPv6Address, NftProtocolLayer.IPv6, IPv6SourceOffset);

    /// <summary>ip6 daddr.</summary>
    public static NftField IPv6Destination { get; } = Network("ip6 daddr", NftType.IPv6Address, NftProtocolLayer.IPv6, IPv6DestinationOffset);

    /// <summary>th sport: whatever the transport protocol.</summary>
    public static NftField SourcePort { get; } = Transport("th sport", NftProtocolLayer.None, SourcePortOffset);

    /// <summary>th dport: whatever the transport protocol.</summary>
    public static NftField DestinationPort { get; } = Transport("th dport", NftProtocolLayer.None, DestinationPortOffset);

    /// <summary>tcp sport.</summary>
    public static NftField TcpSourcePort { get; } = Transport("tcp sport", NftProtocolLayer.Tcp, SourcePortOffset);

    /// <summary>tcp dport.</summary>
    public static NftField TcpDestinationPort { get; } = Transport("tcp dport", NftProtocolLayer.Tcp, DestinationPortOffset);

    /// <summary>tcp flags: a byte, of which 4 is a reset (RFC 9293, section 3.1).</summary>
    public static NftField TcpFlags { get; } = Payload(
        "tcp flags", NftType.TcpFlags, NftProtocolLayer.Tcp, PayloadBase.TransportHeader, TcpFlagsOffset);

    /// <summary>udp sport.</summary>
    public static NftField UdpSourcePort { get; } = Transport("udp sport", NftProtocolLayer.Udp, SourcePortOffset);

    /// <summary>udp dport.</summary>
    public static NftField UdpDestinationPort { get; } = Transport("udp dport", NftProtocolLayer.Udp, DestinationPortOffset);

    /// <summary>ether saddr.</summary>
    public static NftField EthernetSource { get; } = Link("ether saddr", EthernetSourceOffset);

    /// <summary>ether daddr.</summary>
    public static NftField EthernetDestination { get; } = Link("ether daddr", EthernetDestinationOffset);

    /// <summary>ether type: the protocol inside the frame.</summary>
    public static NftField EthernetType { get; } =
        Payload("ether type", NftType.EthernetType, NftProtocolLayer.Ethernet, PayloadBase.LinkHeader, EthernetTypeOffset);

    /// <summary>arp saddr ether: the sender's hardware address, as the packet claims.</summary>
    public static NftField ArpSenderEthernet { get; } =
        Payload("arp saddr ether", NftType.EthernetAddress, NftProtocolLayer.Arp, PayloadBase.NetworkHeader, ArpSenderEthernetOffset);

    /// <summary>arp saddr ip: the sender's IPv4 address, as the packet claims.</summary>
    public static NftField ArpSenderIPv4 { get; } =
        Payload("arp saddr ip", NftType.IPv4Address, NftProtocolLayer.Arp, PayloadBase.NetworkHeader, ArpSenderIPv4Offset);

    /// <summary>icmpv6 type: a byte.</summary>
    public static NftField IcmpV6Type { get; } =
        Payload("icmpv6 type", NftType.IcmpV6Type, NftProtocolLayer.IcmpV6, PayloadBase.TransportHeader, offset: 0);

    /// <summary>@th,64,64: the first half of the address behind an ICMPv6 header, the target of neighbour discovery.</summary>
    /// <remarks>Newer nft call the whole address icmpv6 taddr in rules, but not in types of sets, and then refuse their own listing.</remarks>
    public static NftField NeighbourTargetPrefix { get; } =
        Payload("@th,64,64", NftType.Integer(HalfAddress), NftProtocolLayer.IcmpV6, PayloadBase.TransportHeader, IcmpV6BodyOffset);

    /// <summary>@th,128,64: the second half of that address.</summary>
    public static NftField NeighbourTargetHost { get; } =
        Payload("@th,128,64", NftType.Integer(HalfAddress), NftProtocolLayer.IcmpV6, PayloadBase.TransportHeader, IcmpV6BodyOffset + HalfAddress);

    /// <summary>ct state: bits of <see cref="CtStateFlags"/>.</summary>
    public static NftField ConnectionState { get; } = Connection("ct state", NftType.ConnectionState, CtKey.State);

    /// <summary>ct status: bits of <see cref="CtStatusFlags"/>.</summary>
    public static NftField ConnectionStatus { get; } = Connection("ct status", NftType.ConnectionStatus, CtKey.Status);

    /// <summary>ct mark.</summary>
    public static NftField ConnectionMark { get; } = Connection("ct mark", NftType.Mark, CtKey.Mark);

    /// <summary>ct direction: a byte of <see cref="CtDirection"/>.</summary>
    public static NftField ConnectionDirection { get; } = Connection("ct direction", NftType.ConnectionDirection, CtKey.Direction);

    /// <summary>fib daddr type: 4 bytes of <see cref="Netfilter.FibAddressType"/>, what kind of address the destination is to this host.</summary>
    public static NftField DestinationAddressType { get; } = AddressType("fib daddr type", FibFlags.Destination);

    /// <summary>fib saddr type: 4 bytes of <see cref="Netfilter.FibAddressType"/>, what kind of address the source is to this host.</summary>
    public static NftField SourceAddressType { get; } = AddressType("fib saddr type", FibFlags.Source);

    /// <summary>As nft writes it.</summary>
    public string Name { get; }

    /// <summary>The type of its value, and of the keys of sets that it is looked up in.</summary>
    public NftType Type { get; }

    /// <summary>Which protocol a packet must be of for this to mean anything.</summary>
    internal NftProtocolLayer Layer { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The expression that loads it.</summary>
    internal NftExpression Load(NftRegister register) => _load switch
    {
        MetaExpression meta => meta with { Register = register },
        PayloadExpression payload => payload with { Register = register },
        CtExpression ct => ct with { Register = register },
        FibExpression fib => fib with { Register = register },
        _ => _load,
    };

    /// <summary>As <see cref="Load"/>, of only the first bytes; null if it is not of the packet's bytes.</summary>
    internal NftExpression? LoadFirst(NftRegister register, uint bytes) =>
        _load is PayloadExpression payload ? payload with { Register = register, Length = bytes } : null;

    private static NftField Meta(string name, NftType type, MetaKey key) =>
        new(name, type, NftProtocolLayer.None, new MetaExpression { Key = key, Register = NftRegister.R1 });

    private static NftField Connection(string name, NftType type, CtKey key) =>
        new(name, type, NftProtocolLayer.None, new CtExpression { Key = key, Register = NftRegister.R1 });

    private static NftField AddressType(string name, FibFlags flags) => new(
        name,
        NftType.FibAddressType,
        NftProtocolLayer.None,
        new FibExpression { Register = NftRegister.R1, Result = FibResult.AddressType, Flags = flags });

    private static NftField Link(string name, uint offset) =>
        Payload(name, NftType.EthernetAddress, NftProtocolLayer.Ethernet, PayloadBase.LinkHeader, offset);

    private static NftField Network(string name, NftType type, NftProtocolLayer layer, uint offset) =>
        Payload(name, type, layer, PayloadBase.NetworkHeader, offset);

    private static NftField Transport(string name, NftProtocolLayer layer, uint offset) =>
        Payload(name, NftType.Service, layer, PayloadBase.TransportHeader, offset);

    private static NftField Payload(string name, NftType type, NftProtocolLayer layer, PayloadBase header, uint offset) => new(
        name,
        type,
        layer,
        new PayloadExpression { Register = NftRegister.R1, Base = header, Offset = offset, Length = (uint)type.Length });
}
