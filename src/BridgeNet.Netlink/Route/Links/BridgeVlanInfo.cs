using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct bridge_vlan_info: a VLAN, or one end of a range of them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BridgeVlanInfo
{
    /// <summary>flags, u16: BRIDGE_VLAN_INFO_….</summary>
    public ushort Flags;

    /// <summary>vid, u16: the VLAN's number.</summary>
    public ushort Id;
}
