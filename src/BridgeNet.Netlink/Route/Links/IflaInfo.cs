namespace BridgeNet.Netlink.Route;

/// <summary>The attributes inside IFLA_LINKINFO.</summary>
internal static class IflaInfo
{
    /// <summary>IFLA_INFO_KIND, string: the kind of the link: bridge, veth, ….</summary>
    public const ushort Kind = 1;

    /// <summary>IFLA_INFO_DATA, nest: the attributes of the kind.</summary>
    public const ushort Data = 2;

    /// <summary>IFLA_INFO_SLAVE_KIND, string: the kind of the link's master.</summary>
    public const ushort SlaveKind = 4;

    /// <summary>IFLA_INFO_SLAVE_DATA, nest: the master's settings of this port; IFLA_BRPORT_… for a bridge.</summary>
    public const ushort SlaveData = 5;
}
