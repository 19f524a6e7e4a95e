namespace BridgeNet.Netlink.Sockets;

/// <summary>What a step of a filter asks, as in include/uapi/linux/inet_diag.h.</summary>
internal static class InetDiagCode
{
    /// <summary>INET_DIAG_BC_S_GE, u8: the socket's own port is not below one.</summary>
    public const byte PortAtLeast = 2;

    /// <summary>INET_DIAG_BC_S_LE, u8: the socket's own port is not above one.</summary>
    public const byte PortAtMost = 3;
}
