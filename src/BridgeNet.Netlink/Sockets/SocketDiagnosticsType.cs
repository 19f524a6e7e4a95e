namespace BridgeNet.Netlink.Sockets;

/// <summary>The message types of sock_diag, as in include/uapi/linux/sock_diag.h.</summary>
internal static class SocketDiagnosticsType
{
    /// <summary>SOCK_DIAG_BY_FAMILY: give sockets; a socket.</summary>
    public const ushort ByFamily = 20;
}
