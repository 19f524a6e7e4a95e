namespace BridgeNet.Netlink.Route;

/// <summary>The attributes inside IFLA_LINKINFO.</summary>
internal static class IflaInfo
{
    /// <summary>IFLA_INFO_KIND, string: what the link is: bridge, veth, ….</summary>
    public const ushort Kind = 1;

    /// <summary>IFLA_INFO_DATA, nest: what the kind adds.</summary>
    public const ushort Data = 2;

    /// <summary>IFLA_INFO_SLAVE_KIND, string: the kind of the link's master.</summary>
    public const ushort SlaveKind = 4;

    /// <summary>IFLA_INFO_SLAVE_DATA, nest: what the master's kind keeps of its port; IFLA_BRPORT_… of a bridge's.</summary>
    public const ushort SlaveData = 5;
}
