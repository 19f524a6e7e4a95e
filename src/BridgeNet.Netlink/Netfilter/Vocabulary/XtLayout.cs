namespace BridgeNet.Netlink.Netfilter;

/// <summary>The structs of iptables' extensions that <see cref="XtExtension"/> fills in.</summary>
internal static class XtLayout
{
    /// <summary>sizeof(struct xt_comment_info): a text and its NUL.</summary>
    public const int CommentSize = 256;

    /// <summary>sizeof(struct xt_multiport_v1).</summary>
    public const int MultiportSize = 48;

    /// <summary>offsetof(struct xt_multiport_v1, count), u8: how many ports there are.</summary>
    public const int MultiportCount = 1;

    /// <summary>offsetof(struct xt_multiport_v1, ports), 15 u16 of the host's order.</summary>
    public const int MultiportPorts = 2;

    /// <summary>XT_MULTIPORT_DESTINATION: destination ports are compared; in the struct's first byte.</summary>
    public const byte MultiportDestination = 1;

    /// <summary>XT_MULTI_PORTS: so many ports it has at most.</summary>
    public const int MultiportMost = 15;

    /// <summary>sizeof(struct xt_addrtype_info_v1).</summary>
    public const int AddressTypeSize = 8;

    /// <summary>offsetof(struct xt_addrtype_info_v1, dest), u16: a bit for each type of RTN_….</summary>
    public const int AddressTypeDestination = 2;

    /// <summary>sizeof(struct xt_conntrack_mtinfo3).</summary>
    public const int ConntrackSize = 164;

    /// <summary>sizeof(struct xt_mark_tginfo2).</summary>
    public const int MarkSize = 8;

    /// <summary>offsetof(struct xt_mark_tginfo2, mask), u32: which bits of the mark change.</summary>
    public const int MarkMask = 4;

    /// <summary>sizeof(struct nf_nat_ipv4_multi_range_compat): how many ranges there are, and one.</summary>
    public const int NatIPv4Size = 20;

    /// <summary>offsetof(struct nf_nat_ipv4_multi_range_compat, range[0].min_ip), u32 of the network's order.</summary>
    public const int NatIPv4Address = 8;

    /// <summary>offsetof(struct nf_nat_ipv4_multi_range_compat, range[0].max_ip), u32 of the network's order.</summary>
    public const int NatIPv4LastAddress = 12;

    /// <summary>offsetof(struct nf_nat_ipv4_multi_range_compat, range[0].flags), u32.</summary>
    public const int NatIPv4Flags = 4;

    /// <summary>sizeof(struct nf_nat_range).</summary>
    public const int NatRangeSize = 40;

    /// <summary>sizeof(struct nf_nat_range2).</summary>
    public const int NatRange2Size = 44;

    /// <summary>offsetof(struct nf_nat_range2, min_addr), 16 bytes.</summary>
    public const int NatMinAddress = 4;

    /// <summary>offsetof(struct nf_nat_range2, max_addr), 16 bytes.</summary>
    public const int NatMaxAddress = 20;

    /// <summary>offsetof(struct nf_nat_range2, min_proto), u16 of the network's order.</summary>
    public const int NatMinPort = 36;

    /// <summary>offsetof(struct nf_nat_range2, max_proto), u16 of the network's order.</summary>
    public const int NatMaxPort = 38;

    /// <summary>NF_NAT_RANGE_MAP_IPS: addresses are given.</summary>
    public const uint NatAddresses = 1;

    /// <summary>NF_NAT_RANGE_MAP_IPS | NF_NAT_RANGE_PROTO_SPECIFIED: addresses and ports are given.</summary>
    public const uint NatBoth = 3;

    /// <summary>offsetof(struct nf_nat_range2, base_proto), u16 of the network's order.</summary>
    public const int NatBasePort = 40;

    /// <summary>NF_NAT_RANGE_PROTO_OFFSET: ports are shifted by their distance from the base.</summary>
    public const uint NatOffset = 0x20;

    /// <summary>sizeof(struct xt_sctp_info): destination ports come first, 2 u16 of the host's order.</summary>
    public const int SctpSize = 292;

    /// <summary>offsetof(struct xt_sctp_info, flag_info): four types of chunks and their flags.</summary>
    public const int SctpChunkFlags = 268;

    /// <summary>sizeof(struct xt_sctp_flag_info).</summary>
    public const int SctpChunkFlagSize = 3;

    /// <summary>offsetof(struct xt_sctp_info, flag_count), int: how many of them are there.</summary>
    public const int SctpChunkCount = 280;

    /// <summary>offsetof(struct xt_sctp_info, flags), u32: what is compared.</summary>
    public const int SctpFlags = 284;

    /// <summary>XT_SCTP_DEST_PORTS: the destination ports are compared.</summary>
    public const uint SctpDestination = 2;
}
