using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct ifaddrmsg: the header of address messages.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Ifaddrmsg
{
    /// <summary>ifa_family, u8: AF_INET or AF_INET6.</summary>
    public byte Family;

    /// <summary>ifa_prefixlen, u8: in bits.</summary>
    public byte PrefixLength;

    /// <summary>ifa_flags, u8: the low eight of IFA_F_….</summary>
    public byte Flags;

    /// <summary>ifa_scope, u8: RT_SCOPE_….</summary>
    public RouteScope Scope;

    /// <summary>ifa_index, u32: the link's.</summary>
    public int Index;
}
