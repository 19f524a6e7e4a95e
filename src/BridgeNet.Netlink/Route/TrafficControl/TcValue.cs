namespace BridgeNet.Netlink.Route;

/// <summary>
/// Numbers that the headers and structs of traffic control hold, as in include/uapi/linux/pkt_sched.h, pkt_cls.h, tc_act/tc_mirred.h
/// and if_ether.h.
/// </summary>
internal static class TcValue
{
    /// <summary>TC_H_ROOT: the parent of what queues a link's outgoing packets.</summary>
    public const uint Root = 0xffff_ffff;

    /// <summary>TC_H_INGRESS: the parent of the discipline of incoming packets.</summary>
    public const uint Ingress = 0xffff_fff1;

    /// <summary>TC_H_MIN_INGRESS: of the filters of that discipline, those for what comes in.</summary>
    public const ushort IngressFilters = 0xfff2;

    /// <summary>TC_LINKLAYER_ETHERNET: no cells, and so no rate table, which the kernel wants only of an unknown link layer.</summary>
    public const byte EthernetLinkLayer = 1;

    /// <summary>TC_U32_TERMINAL: a filter ends the search.</summary>
    public const byte TerminalFilter = 1;

    /// <summary>TC_ACT_STOLEN: the packet goes no further here.</summary>
    public const int Stolen = 4;

    /// <summary>TCA_EGRESS_REDIR: the packet itself goes to another link, as if that link sent it.</summary>
    public const int RedirectToEgress = 1;

    /// <summary>ETH_P_ALL: packets of every protocol.</summary>
    public const ushort EveryProtocol = 3;
}
