using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;

using BridgeNet.Netlink;
using BridgeNet.Ports;

namespace BridgeNet;

/// <summary>An endpoint's ports to publish, and where, in Docker's grammar: <c>[HOSTIP:][HOSTPORT[-END]:]PORT[-END][/tcp|udp|sctp]</c>.</summary>
[JsonConverter(typeof(PortSpecJsonConverter))]
[TypeConverter(typeof(TextTypeConverter<PortSpec>))]
public sealed record PortSpec : ISpanParsable<PortSpec>
{
    /// <summary>
    /// The host's address at which to publish the ports; null for the network's default, usually all addresses of both families. <see
    /// cref="IPAddress.Any"/> is all of IPv4 alone, <see cref="IPAddress.IPv6Any"/> all of IPv6 alone.
    /// </summary>
    public IPAddress? HostAddress { get; init; }

    /// <summary>The host's ports; null for any free ones. As many as <see cref="ContainerPorts"/>, or a choice for a single container port.</summary>
    public PortRange? HostPorts { get; init; }

    /// <summary>The endpoint's ports.</summary>
    public required PortRange ContainerPorts { get; init; }

    /// <summary>The protocol; TCP by default.</summary>
    public TransportProtocol Protocol { get; init; } = TransportProtocol.Tcp;

    /// <summary>The clients that may connect through the host; empty for all. It is not part of the text.</summary>
    public ValueList<IPNetwork> Sources { get; init; }

    /// <summary>Whether each container port can have one host port only.</summary>
    internal bool IsExact => HostPorts?.Count == ContainerPorts.Count;

    /// <summary>
    /// Reads Docker's grammar: <c>8080:80</c>, <c>127.0.0.1:53:53/udp</c>, <c>[::1]::80</c>, <c>8000-8010:8000-8010</c>,
    /// <c>8000-8010:80</c>, <c>80</c>.
    /// </summary>
    /// <exception cref="FormatException">The text is no such specification; the message says why.</exception>
    public static PortSpec Parse(string s) => Parse(s, null);

    /// <inheritdoc cref="Parse(string)"/>
    public static PortSpec Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static PortSpec Parse(ReadOnlySpan<char> s, IFormatProvider? provider)
    {
        try
        {
            return ParseParts(s);
        }
        catch (FormatException error)
        {
            throw new FormatException($"port '{s}': {error.Message}: write [HOSTIP:][HOSTPORT[-END]:]PORT[-END][/tcp|udp|sctp]", error);
        }
    }

    /// <summary>Reads Docker's grammar if the text is valid.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out PortSpec? result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <summary>Reads Docker's grammar if the text is valid.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, [NotNullWhen(true)] out PortSpec? result)
    {
        try
        {
            result = Parse(s, provider);
        }
        catch (FormatException)
        {
            result = null;
        }
        return result is not null;
    }

    /// <summary>The text that <see cref="Parse(string)"/> reads.</summary>
    public override string ToString()
    {
        string address = HostAddress is null ? string.Empty
            : HostAddress.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{HostAddress}]:"
            : $"{HostAddress}:";
        string host = HostPorts is { } ports ? $"{ports}:" : address.Length > 0 ? ":" : string.Empty;
        return $"{address}{host}{ContainerPorts}/{PublishedPort.NameOf(Protocol)}";
    }

    private static PortSpec ParseParts(ReadOnlySpan<char> text)
    {
        TransportProtocol protocol = TransportProtocol.Tcp;
        int slash = text.IndexOf('/');
        if (slash >= 0)
        {
            protocol = PublishedPort.ParseProtocol(text[(slash + 1)..]);
            text = text[..slash];
        }
        IPAddress? address = TakeAddress(ref text);
        int colon = text.IndexOf(':');
        PortRange container = PortRange.Parse(text[(colon + 1)..], null);
        PortRange? host = colon < 0 ? null : ParseHostPorts(text[..colon], mayBeMissing: address is not null);
        if (host is { } range && range.Count != container.Count && container.Count != 1)
        {
            throw new FormatException(
                $"{Ports(range.Count, "host")} for {Ports(container.Count, "container")} (give as many, or one container port)");
        }
        return new PortSpec { HostAddress = address, HostPorts = host, ContainerPorts = container, Protocol = protocol };
    }

    /// <summary>Splits off the address and its colon. The rest has at most one colon.</summary>
    private static IPAddress? TakeAddress(ref ReadOnlySpan<char> text)
    {
        if (text.Count(':') < 2)
        {
            return null;
        }
        int end = text[0] is '[' ? text.IndexOf(']') + 1 : text[..text.LastIndexOf(':')].LastIndexOf(':');
        if (text[0] is '[' && (text[end..].Count(':') != 2 || text[end] is not ':'))
        {
            string address = end == 0 ? "[HOSTIP]" : text[..end].ToString();
            throw new FormatException($"what follows '{address}' is not :HOSTPORT:PORT (for any free port at that address: {address}::PORT)");
        }
        IPAddress taken = ParseAddress(text[..end]);
        text = text[(end + 1)..];
        return taken;
    }

    private static IPAddress ParseAddress(ReadOnlySpan<char> text) =>
        HostAddressText.TryParse(text, out IPAddress? address)
            ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address
            : throw new FormatException($"'{text}' is not a host address (write it in numbers, with [..] around IPv6)");

    private static PortRange? ParseHostPorts(ReadOnlySpan<char> text, bool mayBeMissing)
    {
        if (text is "0" || (text.IsEmpty && mayBeMissing))
        {
            return null;
        }
        if (text.IsEmpty)
        {
            throw new FormatException("a host port is missing before ':'");
        }
        if (text.Contains('.'))
        {
            throw new FormatException($"'{text}' is not a port of the host (for any free port at that address: {text}::PORT)");
        }
        return PortRange.Parse(text, null);
    }

    private static string Ports(int count, string whose) => count == 1 ? $"1 {whose} port" : $"{count} {whose} ports";
}
