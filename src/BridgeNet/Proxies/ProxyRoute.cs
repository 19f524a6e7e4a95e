using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Proxies;

/// <summary>Where the clients of a proxy are led, and who may not be one.</summary>
/// <param name="host">Where the sockets are opened; it must live as long as the proxy.</param>
/// <param name="container">The container's address and port.</param>
/// <param name="refused">The subnets whose members are turned away.</param>
internal sealed class ProxyRoute(NetworkNamespace host, IPEndPoint container, IReadOnlyList<IPNetwork> refused)
{
    /// <summary>The container's address and port.</summary>
    public IPEndPoint Container => container;

    /// <summary>A socket in the host's namespace for the way to the container. It stays there, whichever thread uses it.</summary>
    /// <exception cref="BridgeNetException">The namespace cannot be entered.</exception>
    /// <exception cref="SocketException">There are no descriptors left.</exception>
    public Socket OpenSocket(SocketType type, ProtocolType protocol) => host.Run(() => new Socket(container.AddressFamily, type, protocol));

    /// <summary>A socket in the host's namespace that is bound for clients and takes IPv6 alone: the packet rules take IPv4.</summary>
    /// <exception cref="BridgeNetException">The namespace cannot be entered.</exception>
    /// <exception cref="SocketException">The address is taken or not the host's.</exception>
    public Socket Bind(IPEndPoint at, SocketType type, ProtocolType protocol) => host.Run(() =>
    {
        Socket socket = new(AddressFamily.InterNetworkV6, type, protocol);
        try
        {
            socket.DualMode = false; // IPV6_V6ONLY
            socket.Bind(at);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    });

    /// <summary>Whether a client is turned away. A link-local address may be that of any subnet's member, so it counts as one.</summary>
    public bool Refuses(IPAddress client) => refused.Count > 0 && (client.IsIPv6LinkLocal || refused.Any(subnet => subnet.Contains(client)));
}
