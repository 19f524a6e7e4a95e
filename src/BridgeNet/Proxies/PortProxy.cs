using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Proxies;

/// <summary>
/// Leads clients of a published port to a container that has only the other family. The packet rules cannot do that, because the kernel translates
/// addresses only within a family; nor can they lead ::1 anywhere. It works while this object lives; see docs/decisions/0007.
/// </summary>
/// <remarks>The container sees the address of its bridge, not the client's. Safe to dispose from any thread, more than once.</remarks>
internal sealed class PortProxy : IDisposable
{
    private readonly IDisposable _proxy;

    private PortProxy(PublishedPort port, IDisposable proxy)
    {
        Port = port;
        _proxy = proxy;
    }

    /// <summary>The port, with its IPv6 listening address.</summary>
    public PublishedPort Port { get; }

    /// <summary>Binds the port and begins to serve.</summary>
    /// <param name="host">The namespace that plays the host; it must outlive the proxy. Do not call this inside its Run.</param>
    /// <param name="port">
    /// The port, TCP or UDP. It listens at the port's host address: <c>::</c>, <c>::1</c>, an IPv6 address of the host, or an IPv4 one written as
    /// IPv6.
    /// </param>
    /// <param name="container">The container's address.</param>
    /// <param name="refused">
    /// Subnets whose clients are refused: those of internal networks, whose containers would get out through a port at <c>::</c>.
    /// </param>
    /// <param name="idle">The idle time after which a UDP client is forgotten; null for 90 seconds.</param>
    /// <exception cref="PortConflictException">Another program has bound the port.</exception>
    /// <exception cref="ConfigurationException">The address is not the host's, or the host has no IPv6.</exception>
    public static PortProxy Open(
        NetworkNamespace host, PublishedPort port, IPAddress container, IReadOnlyList<IPNetwork> refused, TimeSpan? idle = null)
    {
        if (port.HostAddress is not { AddressFamily: AddressFamily.InterNetworkV6 } address)
        {
            throw new ArgumentException($"{port} is not at an IPv6 address", nameof(port));
        }
        ProxyRoute route = new(host, new IPEndPoint(container, port.ContainerPort), refused);
        IPEndPoint at = new(address, port.HostPort);
        try
        {
            return new PortProxy(port, port.Protocol switch
            {
                TransportProtocol.Tcp => TcpPortProxy.Open(route, at),
                TransportProtocol.Udp => UdpPortProxy.Open(route, at, idle ?? UdpPortProxy.UsualIdle),
                _ => throw new ArgumentException($"{port} is neither TCP nor UDP", nameof(port)),
            });
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            throw new PortConflictException(port, "another program has bound it: stop that program, or choose another port", error);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.TooManyOpenSockets)
        {
            throw new ConfigurationException(
                "ports", "holding them takes more open files than the process may have: raise its limit (ulimit -n), or hold fewer ports");
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            throw new ConfigurationException(nameof(PortSpec.HostAddress), $"{address} is not an address of this host");
        }
    }

    /// <summary>Ends all connections and releases the port before it returns.</summary>
    public void Dispose() => _proxy.Dispose();
}
