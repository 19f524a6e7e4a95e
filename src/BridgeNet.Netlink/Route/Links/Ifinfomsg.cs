using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct ifinfomsg: the header of link messages.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Ifinfomsg
{
    /// <summary>ifi_family, u8: AF_UNSPEC, or AF_BRIDGE for a bridge's view of its ports.</summary>
    public byte Family;

    /// <summary>__ifi_pad, u8.</summary>
    public byte Padding;

    /// <summary>ifi_type, u16: ARPHRD_….</summary>
    public ushort Type;

    /// <summary>ifi_index, s32: the link's number; 0 where the name or the kernel decides.</summary>
    public int Index;

    /// <summary>ifi_flags, u32: IFF_….</summary>
    public LinkFlags Flags;

    /// <summary>ifi_change, u32: which of the flags are meant.</summary>
    public LinkFlags Change;
}
