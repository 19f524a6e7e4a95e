namespace BridgeNet.Netlink.Sockets;

/// <summary>The attributes of a request for sockets, as in include/uapi/linux/inet_diag.h.</summary>
internal static class InetDiagAttribute
{
    /// <summary>INET_DIAG_REQ_BYTECODE, bytes: a filter, struct inet_diag_bc_op each.</summary>
    public const ushort Bytecode = 1;
}
