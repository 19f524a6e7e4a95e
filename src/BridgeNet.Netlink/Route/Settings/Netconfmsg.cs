using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct netconfmsg: the header of messages about IP settings.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Netconfmsg
{
    /// <summary>ncm_family, u8: AF_INET or AF_INET6.</summary>
    public byte Family;
}
