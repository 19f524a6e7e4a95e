using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Host;

/// <summary>Netlink sockets in a namespace: by the calling thread, which is back at once, or where it may not, by one that ends there.</summary>
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
