using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Proxies;

/// <summary>Where a proxy leads its clients, and which clients it refuses.</summary>
/// <param name="host">Where sockets are opened; it must outlive the proxy.</param>
/// <param name="container">The container's address and port.</param>
/// <param name="refused">The subnets whose clients are refused.</param>
internal sealed class ProxyRoute(NetworkNamespace host, IPEndPoint container, IReadOnlyList<IPNetwork> refused)
{
    /// <summary>The container's address and port.</summary>
    public IPEndPoint Container => container;

    /// <summary>Opens a socket in the host's namespace for the way to the container. It stays there, whichever thread uses it.</summary>
    /// <exception cref="BridgeNetException">The namespace cannot be entered.</exception>
    /// <exception cref="SocketException">There are no descriptors left.</exception>
    public Socket OpenSocket(SocketType type, ProtocolType protocol) => host.Run(() => new Socket(container.AddressFamily, type, protocol));

    /// <summary>
    /// Opens a bound socket for clients in the host's namespace. It takes IPv6 alone, because the packet rules take IPv4, unless the address is an
    /// IPv4 one in IPv6 (::ffff:127.0.0.1).
    /// </summary>
    /// <exception cref="BridgeNetException">The namespace cannot be entered.</exception>
    /// <exception cref="SocketException">The address is taken or not the host's.</exception>
    public Socket Bind(IPEndPoint at, SocketType type, ProtocolType protocol) => host.Run(() =>
    {
        Socket socket = new(AddressFamily.InterNetworkV6, type, protocol);
        try
        {
            socket.DualMode = at.Address.IsIPv4MappedToIPv6; // IPV6_V6ONLY
            socket.Bind(at);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    });

    /// <summary>Whether a client is refused. A link-local address may belong to any subnet, so it counts as a member of each.</summary>
    public bool Refuses(IPAddress client) => refused.Count > 0 && (client.IsIPv6LinkLocal || refused.Any(subnet => subnet.Contains(client)));
}
