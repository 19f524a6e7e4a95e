using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct tcmsg: the header of traffic-control messages.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Tcmsg
{
    /// <summary>tcm_family, u8: AF_UNSPEC.</summary>
    public byte Family;

    /// <summary>tcm__pad1, u8.</summary>
    public byte Padding;

    /// <summary>tcm__pad2, u16.</summary>
    public ushort MorePadding;

    /// <summary>tcm_ifindex, s32: the link's number.</summary>
    public int Index;

    /// <summary>tcm_handle, u32: the name of a queueing discipline or filter; 0 where the kernel finds one.</summary>
    public uint Handle;

    /// <summary>tcm_parent, u32: where it hangs.</summary>
    public uint Parent;

    /// <summary>tcm_info, u32: of a filter the priority, and the protocol in network order; of a queueing discipline its users.</summary>
    public uint Information;
}
