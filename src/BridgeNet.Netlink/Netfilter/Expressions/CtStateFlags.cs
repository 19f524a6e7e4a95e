namespace BridgeNet.Netlink.Netfilter;

/// <summary>The states of a packet's connection, as nft's ct state: bits over enum ip_conntrack_info.</summary>
[Flags]
public enum CtStateFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>NF_CT_STATE_INVALID_BIT: it belongs to no connection.</summary>
    Invalid = 0x1,

    /// <summary>NF_CT_STATE_BIT(IP_CT_ESTABLISHED): packets went both ways.</summary>
    Established = 0x2,

    /// <summary>NF_CT_STATE_BIT(IP_CT_RELATED): it is about another connection, such as an ICMP error.</summary>
    Related = 0x4,

    /// <summary>NF_CT_STATE_BIT(IP_CT_NEW): the first of its connection.</summary>
    New = 0x8,

    /// <summary>NF_CT_STATE_UNTRACKED_BIT: it is exempt from tracking.</summary>
    Untracked = 0x40,
}
