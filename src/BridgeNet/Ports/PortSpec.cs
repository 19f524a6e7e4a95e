using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet;

/// <summary>Which ports of an endpoint are published, and where, in Docker's words: <c>[HOSTIP:][HOSTPORT[-END]:]PORT[-END][/tcp|udp|sctp]</c>.</summary>
public sealed record PortSpec : IParsable<PortSpec>
{
    /// <summary>The host's address at which the ports are published; null for all of them.</summary>
    public IPAddress? HostAddress { get; init; }

    /// <summary>The host's ports; null for any that is free. As many as <see cref="ContainerPorts"/>, or, for one container port, several to choose from.</summary>
    public PortRange? HostPorts { get; init; }

    /// <summary>The endpoint's ports.</summary>
    public required PortRange ContainerPorts { get; init; }

    /// <summary>The protocol; TCP unless said.</summary>
    public TransportProtocol Protocol { get; init; } = TransportProtocol.Tcp;

    /// <summary>From Docker's grammar: <c>8080:80</c>, <c>127.0.0.1:53:53/udp</c>, <c>8000-8010:8000-8010</c>, <c>80</c>.</summary>
    /// <exception cref="FormatException">Not such a text; the message says what is wrong with it.</exception>
    public static PortSpec Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        try
        {
            return ParseParts(s);
        }
        catch (FormatException error)
        {
            throw new FormatException($"port '{s}': {error.Message}: write [HOSTIP:][HOSTPORT[-END]:]PORT[-END][/tcp|udp|sctp]", error);
        }
    }

    /// <summary>From Docker's grammar, if it is such a text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out PortSpec? result)
    {
        try
        {
            result = s is null ? null : Parse(s, provider);
        }
        catch (FormatException)
        {
            result = null;
        }
        return result is not null;
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        string address = HostAddress is null ? string.Empty
            : HostAddress.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{HostAddress}]:"
            : $"{HostAddress}:";
        string host = HostPorts is { } ports ? $"{ports}:" : address.Length > 0 ? ":" : string.Empty;
        return $"{address}{host}{ContainerPorts}/{PublishedPort.NameOf(Protocol)}";
    }

    private static PortSpec ParseParts(string text)
    {
        ReadOnlySpan<char> rest = text;
        TransportProtocol protocol = TransportProtocol.Tcp;
        int slash = rest.IndexOf('/');
        if (slash >= 0)
        {
            protocol = PublishedPort.ParseProtocol(rest[(slash + 1)..]);
            rest = rest[..slash];
        }
        int colon = rest.LastIndexOf(':');
        PortRange container = PortRange.Parse(rest[(colon + 1)..]);
        rest = colon < 0 ? default : rest[..colon];

        PortRange? host = null;
        IPAddress? address = null;
        if (colon >= 0)
        {
            int before = rest.EndsWith("]", StringComparison.Ordinal) ? rest.Length : rest.LastIndexOf(':');
            ReadOnlySpan<char> hostPorts = before == rest.Length ? default : rest[(before + 1)..];
            host = hostPorts.IsEmpty || hostPorts is "0" ? null : PortRange.Parse(hostPorts);
            address = before < 0 ? null : ParseAddress(rest[..before]);
            if (host is null && address is null && !(hostPorts is "0"))
            {
                throw new FormatException("a host port is missing before ':'");
            }
        }
        if (host is { } range && range.Count != container.Count && container.Count != 1)
        {
            throw new FormatException($"{range.Count} host ports for {container.Count} container ports");
        }
        return new PortSpec { HostAddress = address, HostPorts = host, ContainerPorts = container, Protocol = protocol };
    }

    private static IPAddress? ParseAddress(ReadOnlySpan<char> text)
    {
        bool bracketed = text.Length > 2 && text[0] == '[' && text[^1] == ']';
        ReadOnlySpan<char> inner = bracketed ? text[1..^1] : text;
        if (!IPAddress.TryParse(inner, out IPAddress? address)
            || (address.AddressFamily is AddressFamily.InterNetworkV6) != bracketed
            || (!bracketed && inner.Count('.') != 3))
        {
            throw new FormatException($"'{text}' is not a host address (write [..] around IPv6)");
        }
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.Equals(IPAddress.Any) ? null : plain;
    }
}
