namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of an address, as in include/uapi/linux/if_addr.h.</summary>
internal static class Ifa
{
    /// <summary>IFA_ADDRESS, 4 or 16 bytes: the other end's address where there is one, else the own.</summary>
    public const ushort Address = 1;

    /// <summary>IFA_LOCAL, 4 or 16 bytes: the own address; IPv6 leaves it out where there is no other end.</summary>
    public const ushort Local = 2;

    /// <summary>IFA_LABEL, string: of IPv4, the link's name or that with ":" and more.</summary>
    public const ushort Label = 3;

    /// <summary>IFA_BROADCAST, 4 bytes: of IPv4.</summary>
    public const ushort Broadcast = 4;

    /// <summary>IFA_CACHEINFO, struct ifa_cacheinfo: lifetimes.</summary>
    public const ushort CacheInfo = 6;

    /// <summary>IFA_FLAGS, u32: IFA_F_….</summary>
    public const ushort Flags = 8;
}
