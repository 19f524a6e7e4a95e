namespace BridgeNet.Netlink.Route;

/// <summary>The settings inside IFLA_INET_CONF, as in include/uapi/linux/ip.h.</summary>
internal static class Ipv4Devconf
{
    /// <summary>IPV4_DEVCONF_ARP_NOTIFY, u32: whether neighbours are told its addresses.</summary>
    public const ushort ArpNotify = 22;
}
