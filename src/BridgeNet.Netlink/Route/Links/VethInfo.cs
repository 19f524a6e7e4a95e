namespace BridgeNet.Netlink.Route;

/// <summary>The attributes inside a veth's IFLA_INFO_DATA, as in include/uapi/linux/veth.h.</summary>
internal static class VethInfo
{
    /// <summary>VETH_INFO_PEER, struct ifinfomsg and attributes of a link: the other end.</summary>
    public const ushort Peer = 1;
}
