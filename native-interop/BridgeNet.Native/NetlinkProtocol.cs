namespace BridgeNet.Native;

/// <summary>The netlink families that BridgeNet speaks, as netlink(7) numbers them.</summary>
public enum NetlinkProtocol
{
    /// <summary>NETLINK_ROUTE: links, addresses, routes, neighbours.</summary>
    Route = 0,

    /// <summary>NETLINK_SOCK_DIAG: the sockets of a network namespace.</summary>
    SocketDiagnostics = 4,

    /// <summary>NETLINK_NETFILTER: nf_tables and conntrack.</summary>
    Netfilter = 12,
}
