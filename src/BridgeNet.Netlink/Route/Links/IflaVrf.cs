namespace BridgeNet.Netlink.Route;

/// <summary>The attributes inside a VRF's IFLA_INFO_DATA.</summary>
internal static class IflaVrf
{
    /// <summary>IFLA_VRF_TABLE, u32: the number of its routing table.</summary>
    public const ushort Table = 1;
}
