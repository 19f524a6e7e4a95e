namespace BridgeNet.Netlink.Route;

/// <summary>The attributes inside IFLA_AF_SPEC's AF_INET, and those of its settings that are changed by them.</summary>
internal static class IflaInet
{
    /// <summary>IFLA_INET_CONF, nest of an attribute per setting.</summary>
    public const ushort Configuration = 1;

    /// <summary>IPV4_DEVCONF_ARP_NOTIFY, u32: whether neighbours are told its addresses.</summary>
    public const ushort ArpNotify = 22;
}
