using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct rtgenmsg: the header of messages about namespaces.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Rtgenmsg
{
    /// <summary>rtgen_family, u8: AF_UNSPEC.</summary>
    public byte Family;
}
