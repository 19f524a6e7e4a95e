using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Dns.Serving;

/// <summary>The name server cannot listen where it has to.</summary>
internal sealed class ListenException(IPEndPoint address, ProtocolType protocol, SocketException cause) : IOException(
    $"cannot listen on {address} ({(protocol == ProtocolType.Udp ? "udp" : "tcp")}): {Explain(cause)}", cause)
{
    /// <summary>Opens a socket for an address.</summary>
    /// <exception cref="ListenException">It cannot be opened.</exception>
    public static Socket Open(ServerContext context, IPEndPoint address, SocketType type, ProtocolType protocol)
    {
        try
        {
            return context.Open(address.AddressFamily, type, protocol);
        }
        catch (SocketException error)
        {
            throw new ListenException(address, protocol, error);
        }
    }

    private static string Explain(SocketException cause) => cause.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "Address already in use: end the program that listens there, or serve names at another port",
        SocketError.AddressNotAvailable => "the host has no such address: set up the network's bridge first",
        SocketError.AccessDenied => "Permission denied: run as root, or serve names at a port above 1023",
        _ => cause.Message,
    };
}
