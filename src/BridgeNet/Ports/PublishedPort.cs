using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>One port of the host that leads to one port of an endpoint.</summary>
/// <param name="HostAddress">The host's address at which it is published; <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/> for all of that family.</param>
/// <param name="HostPort">The host's port, 1 to 65535.</param>
/// <param name="ContainerPort">The endpoint's port, 1 to 65535.</param>
/// <param name="Protocol">The protocol.</param>
public sealed record PublishedPort(IPAddress HostAddress, int HostPort, int ContainerPort, TransportProtocol Protocol)
{
    /// <summary>
    /// Whose connections are let through to the endpoint's port, of either family; none named is everybody's. Programs of the host itself
    /// always get through.
    /// </summary>
    public ValueList<IPNetwork> Sources { get; init; }

    /// <summary>The family of <see cref="HostAddress"/>; the other family is not concerned.</summary>
    public AddressFamily Family => HostAddress.AddressFamily;

    /// <summary>Whether it is published at all addresses of its family.</summary>
    public bool IsWildcard => HostAddress.Equals(IPAddress.Any) || HostAddress.Equals(IPAddress.IPv6Any);

    /// <summary>The protocol's name as Docker writes it: tcp, udp, sctp.</summary>
    public static string NameOf(TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Tcp => "tcp",
        TransportProtocol.Udp => "udp",
        TransportProtocol.Sctp => "sctp",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "not a protocol with ports"),
    };

    /// <summary>The protocol of a name, in letters of either case.</summary>
    /// <exception cref="FormatException">None of tcp, udp, sctp.</exception>
    public static TransportProtocol ParseProtocol(ReadOnlySpan<char> name) =>
        name.Equals("tcp", StringComparison.OrdinalIgnoreCase) ? TransportProtocol.Tcp
        : name.Equals("udp", StringComparison.OrdinalIgnoreCase) ? TransportProtocol.Udp
        : name.Equals("sctp", StringComparison.OrdinalIgnoreCase) ? TransportProtocol.Sctp
        : throw new FormatException($"'{name}' is not a protocol with ports: tcp, udp or sctp");

    /// <summary>As Docker writes it: <c>0.0.0.0:8080->80/tcp</c>, <c>[::]:8080->80/tcp</c>.</summary>
    public override string ToString() =>
        Family is AddressFamily.InterNetworkV6
            ? $"[{HostAddress}]:{HostPort}->{ContainerPort}/{NameOf(Protocol)}"
            : $"{HostAddress}:{HostPort}->{ContainerPort}/{NameOf(Protocol)}";

    /// <summary>Whether only one of the two can be published: the same port of one protocol and family, at one address, or one of them at all.</summary>
    internal bool Excludes(PublishedPort other) =>
        HostPort == other.HostPort && HostPort > 0 && Protocol == other.Protocol && Family == other.Family
        && (IsWildcard || other.IsWildcard || HostAddress.Equals(other.HostAddress));

    /// <summary>The same port at every address of the family.</summary>
    internal PublishedPort Everywhere() => this with { HostAddress = Family is AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any };
}
