namespace BridgeNet.Netlink.Route;

/// <summary>The attributes inside an ipvlan's IFLA_INFO_DATA.</summary>
internal static class IflaIpvlan
{
    /// <summary>IFLA_IPVLAN_MODE, u16: an <see cref="IpvlanMode"/>.</summary>
    public const ushort Mode = 1;
}
