using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct ndmsg: the header of neighbour messages.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Ndmsg
{
    /// <summary>ndm_family, u8: AF_INET, AF_INET6, or AF_BRIDGE for a forwarding entry.</summary>
    public byte Family;

    /// <summary>ndm_pad1, u8.</summary>
    public byte Padding1;

    /// <summary>ndm_pad2, u16.</summary>
    public ushort Padding2;

    /// <summary>ndm_ifindex, s32: the link's.</summary>
    public int Index;

    /// <summary>ndm_state, u16: NUD_….</summary>
    public NeighbourStates State;

    /// <summary>ndm_flags, u8: NTF_….</summary>
    public NeighbourFlags Flags;

    /// <summary>ndm_type, u8: RTN_….</summary>
    public RouteType Type;
}
