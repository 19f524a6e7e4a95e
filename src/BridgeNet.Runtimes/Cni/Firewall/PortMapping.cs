using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>A port of the host that leads to one of the container.</summary>
/// <param name="HostAddress">The host's address; null for all.</param>
/// <param name="HostPort">The host's port.</param>
/// <param name="ContainerPort">The container's port.</param>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
internal readonly record struct PortMapping(IPAddress? HostAddress, ushort HostPort, ushort ContainerPort, ProtocolType Protocol)
{
    /// <summary>Checks a mapping of the capability portMappings. The addresses 0.0.0.0 and :: stand for all of their family.</summary>
    /// <exception cref="CniException">7: it is invalid.</exception>
    public static PortMapping From(CniPortMapping mapping) => new(
        string.IsNullOrEmpty(mapping.HostIP) ? null : AddressOf(mapping.HostIP),
        PortOf("host", mapping.HostPort),
        PortOf("container", mapping.ContainerPort),
        (mapping.Protocol ?? string.Empty).ToUpperInvariant() switch
        {
            "" or "TCP" => ProtocolType.Tcp,
            "UDP" => ProtocolType.Udp,
            "SCTP" => PublishedSctp,
            _ => throw Wrong($"invalid protocol {mapping.Protocol}: it is tcp, udp or sctp"),
        });

    /// <summary>IPPROTO_SCTP, which .NET has no name for.</summary>
    public const ProtocolType PublishedSctp = (ProtocolType)132;

    /// <summary>The protocol's name.</summary>
    public string ProtocolName => Protocol switch
    {
        ProtocolType.Tcp => "tcp",
        ProtocolType.Udp => "udp",
        _ => "sctp",
    };

    /// <summary>Whether it is for all addresses of the host.</summary>
    public bool IsWildcard => HostAddress is null || HostAddress.Equals(IPAddress.Any) || HostAddress.Equals(IPAddress.IPv6Any);

    /// <summary>Whether it serves clients of a family.</summary>
    public bool IsOf(AddressFamily family) => HostAddress is null || HostAddress.AddressFamily == family;

    /// <summary>Its text in errors.</summary>
    public override string ToString() => $"{(IsWildcard ? string.Empty : $"{HostAddress}:")}{HostPort}/{ProtocolName}";

    private static IPAddress AddressOf(string text)
    {
        try
        {
            return AddressText.ParseAddress(text.Trim('[', ']'));
        }
        catch (FormatException error)
        {
            throw new CniException(CniErrorCode.InvalidConfiguration, $"portMappings: hostIP: {error.Message}", innerException: error);
        }
    }

    private static ushort PortOf(string whose, int port) =>
        port is > 0 and <= ushort.MaxValue ? (ushort)port : throw Wrong($"invalid {whose} port number: {port} is not in 1 to 65535");

    private static CniException Wrong(string message) => new(CniErrorCode.InvalidConfiguration, $"portMappings: {message}");
}
