using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Host;

/// <summary>
/// Opens netlink sockets in a namespace: on the calling thread, which returns at once, or if that is not allowed, on a thread that ends there.
/// </summary>
internal static class NamespaceSockets
{
    /// <summary>For links, addresses and routes.</summary>
    /// <exception cref="PrivilegeException">CAP_SYS_ADMIN is missing.</exception>
    public static RouteSocket OpenRoute(this NetworkNamespace place) => RouteSocket.TryOpenIn(place.Descriptor) ?? place.Run(RouteSocket.Open);

    /// <summary>For nf_tables.</summary>
    /// <exception cref="PrivilegeException">CAP_SYS_ADMIN is missing.</exception>
    public static NetfilterSocket OpenNetfilter(this NetworkNamespace place) =>
        NetfilterSocket.TryOpenIn(place.Descriptor) ?? place.Run(NetfilterSocket.Open);
}
