namespace BridgeNet.Netlink.Netfilter;

/// <summary>A type of keys and data as nft knows it: the kernel only keeps its number, for nft to print elements by.</summary>
/// <param name="Id">nft's number, or what a set bears that is of no type known here.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct NftType(uint Id, int Length)
{
    /// <summary>The number of the types of several parts is made of 6 bits each.</summary>
    internal const int BitsPerPart = 6;

    /// <summary>A verdict, as data only.</summary>
    public static NftType Verdict => new(1, 0);

    /// <summary>nf_proto: NFPROTO_….</summary>
    public static NftType NetfilterProtocol => new(2, 1);

    /// <summary>integer: bytes of no other meaning, in network order. A set of them says by <see cref="NftSet.TypeOf"/> what they are.</summary>
    /// <param name="length">Bytes.</param>
    public static NftType Integer(int length) => new(4, length);

    /// <summary>ipv4_addr.</summary>
    public static NftType IPv4Address => new(7, 4);

    /// <summary>ipv6_addr.</summary>
    public static NftType IPv6Address => new(8, 16);

    /// <summary>ether_addr.</summary>
    public static NftType EthernetAddress => new(9, 6);

    /// <summary>ether_type.</summary>
    public static NftType EthernetType => new(10, 2);

    /// <summary>inet_proto: a transport protocol's number.</summary>
    public static NftType Protocol => new(12, 1);

    /// <summary>inet_service: a port.</summary>
    public static NftType Service => new(13, 2);

    /// <summary>tcp_flag, 1 byte.</summary>
    public static NftType TcpFlags => new(15, 1);

    /// <summary>icmpv6_type.</summary>
    public static NftType IcmpV6Type => new(29, 1);

    /// <summary>mark: of packets and connections.</summary>
    public static NftType Mark => new(19, 4);

    /// <summary>iface_index.</summary>
    public static NftType InterfaceIndex => new(20, 4);

    /// <summary>iface_type: ARPHRD_….</summary>
    public static NftType InterfaceType => new(21, 2);

    /// <summary>ct_state.</summary>
    public static NftType ConnectionState => new(26, 4);

    /// <summary>ct_dir.</summary>
    public static NftType ConnectionDirection => new(27, 1);

    /// <summary>ct_status.</summary>
    public static NftType ConnectionStatus => new(28, 4);

    /// <summary>fib_addrtype.</summary>
    public static NftType FibAddressType => new(38, 4);

    /// <summary>ifname.</summary>
    public static NftType InterfaceName => new(41, 16);

    /// <summary>In which order nft takes the bytes: 1 host, 2 network, 0 neither.</summary>
    internal uint ByteOrder =>
        this == Verdict ? 0u
        : this == Mark || this == InterfaceIndex || this == InterfaceType || this == InterfaceName
            || this == ConnectionState || this == ConnectionDirection || this == ConnectionStatus || this == FibAddressType ? 1u
        : 2u;

    /// <summary>All that are known here.</summary>
    internal static ReadOnlySpan<NftType> Known => s_known;

    private static readonly NftType[] s_known =
    [
        Verdict, NetfilterProtocol, IPv4Address, IPv6Address, EthernetAddress, EthernetType, Protocol, Service, TcpFlags, Mark, InterfaceIndex,
        InterfaceType, ConnectionState, ConnectionDirection, ConnectionStatus, IcmpV6Type, FibAddressType, InterfaceName,
    ];
}
