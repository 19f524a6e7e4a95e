using System.Net;

namespace BridgeNet;

/// <summary>One port of the host that leads to one port of an endpoint.</summary>
/// <param name="HostAddress">The host's address at which it is published; null for all of them.</param>
/// <param name="HostPort">The host's port, 1 to 65535.</param>
/// <param name="ContainerPort">The endpoint's port, 1 to 65535.</param>
/// <param name="Protocol">The protocol.</param>
public sealed record PublishedPort(IPAddress? HostAddress, int HostPort, int ContainerPort, TransportProtocol Protocol)
{
    /// <summary>The protocol's name as Docker writes it: tcp, udp, sctp.</summary>
    public static string NameOf(TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Tcp => "tcp",
        TransportProtocol.Udp => "udp",
        TransportProtocol.Sctp => "sctp",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "not a protocol with ports"),
    };

    /// <summary>The protocol of a name.</summary>
    /// <exception cref="FormatException">None of tcp, udp, sctp.</exception>
    public static TransportProtocol ParseProtocol(ReadOnlySpan<char> name) => name switch
    {
        "tcp" => TransportProtocol.Tcp,
        "udp" => TransportProtocol.Udp,
        "sctp" => TransportProtocol.Sctp,
        _ => throw new FormatException($"'{name}' is not a protocol with ports: tcp, udp or sctp"),
    };

    /// <summary>As Docker writes it: <c>0.0.0.0:8080->80/tcp</c>.</summary>
    public override string ToString() => $"{HostAddress ?? IPAddress.Any}:{HostPort}->{ContainerPort}/{NameOf(Protocol)}";
}
