using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Ports;

/// <summary>Finds out whether a port of the host is free of other programs, by binding it for a moment. To be used inside the host's namespace.</summary>
internal static class HostPortProbe
{
    /// <summary>Where the kernel keeps the range of ports that it hands out itself, ip_local_port_range of ip-sysctl.</summary>
    private const string EphemeralRangePath = "/proc/sys/net/ipv4/ip_local_port_range";

    /// <summary>The range when the kernel does not say: IANA's dynamic ports.</summary>
    private static readonly PortRange s_dynamicPorts = PortRange.From(49152, 65535);

    /// <summary>Why a program of the host could not bind the port; null if it could.</summary>
    /// <exception cref="ConfigurationException">The address is not the host's.</exception>
    public static string? Refusal(IPAddress? address, int port, TransportProtocol protocol)
    {
        if (protocol is TransportProtocol.Sctp)
        {
            return null; // .NET has no SCTP sockets to try it with
        }
        bool tcp = protocol is TransportProtocol.Tcp;
        using Socket socket = new(AddressFamily.InterNetwork, tcp ? SocketType.Stream : SocketType.Dgram, tcp ? ProtocolType.Tcp : ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(address ?? IPAddress.Any, port));
            return null;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            throw new ConfigurationException("host address", $"{address} is not an address of this host");
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode is SocketError.AddressAlreadyInUse
                ? "another program has bound it: stop that program, or choose another port"
                : error.Message;
        }
    }

    /// <summary>The ports from which one is chosen when nobody asked for one.</summary>
    public static PortRange EphemeralRange()
    {
        try
        {
            string[] ends = File.ReadAllText(EphemeralRangePath).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return PortRange.From(int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[1], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return s_dynamicPorts;
        }
    }
}
