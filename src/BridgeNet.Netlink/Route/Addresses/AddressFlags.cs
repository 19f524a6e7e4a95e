namespace BridgeNet.Netlink.Route;

/// <summary>The flags of an address, as in include/uapi/linux/if_addr.h; a bit without a name here is kept.</summary>
[Flags]
public enum AddressFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>IFA_F_SECONDARY: another address of the same subnet came before it. Only read.</summary>
    Secondary = 0x01,

    /// <summary>IFA_F_NODAD: usable at once, without asking whether someone else has it; IPv6.</summary>
    NoDad = 0x02,

    /// <summary>IFA_F_OPTIMISTIC: usable while that is being asked; IPv6.</summary>
    Optimistic = 0x04,

    /// <summary>IFA_F_DADFAILED: someone else has it; IPv6. Only read.</summary>
    DadFailed = 0x08,

    /// <summary>IFA_F_DEPRECATED: its preferred lifetime is over. Only read.</summary>
    Deprecated = 0x20,

    /// <summary>IFA_F_TENTATIVE: still being asked for; IPv6. Only read.</summary>
    Tentative = 0x40,

    /// <summary>IFA_F_PERMANENT: it lives for ever. Only read.</summary>
    Permanent = 0x80,

    /// <summary>IFA_F_MANAGETEMPADDR: temporary addresses are made from it; IPv6.</summary>
    ManageTemporary = 0x100,

    /// <summary>IFA_F_NOPREFIXROUTE: no route to its subnet comes with it.</summary>
    NoPrefixRoute = 0x200,

    /// <summary>IFA_F_MCAUTOJOIN: a multicast address that the link joins.</summary>
    AutoJoin = 0x400,
}
