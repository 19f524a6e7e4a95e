using BridgeNet.Netlink.Sockets;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The attributes of sock_diag messages.</summary>
internal static class SocketSchemas
{
    /// <summary>A request for sockets.</summary>
    public static readonly AttributeSchema Request = new(
        new TracedAttribute(InetDiagAttribute.Bytecode, "INET_DIAG_REQ_BYTECODE", AttributeForm.Bytes));
}
