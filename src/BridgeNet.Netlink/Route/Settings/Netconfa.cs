namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of messages about IP settings, as in include/uapi/linux/netconf.h.</summary>
internal static class Netconfa
{
    /// <summary>NETCONFA_IFINDEX, s32: the link; <see cref="All"/> or <see cref="Default"/> for links in general.</summary>
    public const ushort InterfaceIndex = 1;

    /// <summary>NETCONFA_FORWARDING, s32: whether packets are forwarded.</summary>
    public const ushort Forwarding = 2;

    /// <summary>NETCONFA_IFINDEX_ALL: all links.</summary>
    public const int All = -1;

    /// <summary>NETCONFA_IFINDEX_DEFAULT: links to come.</summary>
    public const int Default = -2;
}
