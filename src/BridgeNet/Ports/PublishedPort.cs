using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;

using BridgeNet.Netlink;
using BridgeNet.Ports;

namespace BridgeNet;

/// <summary>A port of the host that leads to an endpoint's port, or a range that leads to one of the same size.</summary>
/// <param name="HostAddress">The host's address; <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/> for all of that family.</param>
/// <param name="HostPort">The host's port, or the first of them, 1 to 65535; 0 on a routed network, where the host's port means nothing.</param>
/// <param name="ContainerPort">The endpoint's port, or the first of them, 1 to 65535.</param>
/// <param name="Protocol">The protocol.</param>
[TypeConverter(typeof(TextTypeConverter<PublishedPort>))]
public sealed record PublishedPort(
    [property: JsonConverter(typeof(IPAddressJsonConverter))] IPAddress HostAddress,
    int HostPort,
    int ContainerPort,
    TransportProtocol Protocol) : ISpanParsable<PublishedPort>
{
    /// <summary>The number of ports, counted from the first on both sides: 1 unless a range was published, as <c>8000-8010:8000-8010</c>.</summary>
    [JsonRequired] // what is generated to read it would take 0 where there is none
    public int Count { get; init; } = 1;

    /// <summary>
    /// The clients that may connect to the endpoint's port, of either family; empty for all. Programs of the host itself may always connect.
    /// </summary>
    [JsonConverter(typeof(ValueListJsonConverter<IPNetwork>))]
    public ValueList<IPNetwork> Sources { get; init; }

    /// <summary>The family of <see cref="HostAddress"/>; the port is not published in the other.</summary>
    [JsonIgnore]
    public AddressFamily Family => HostAddress.AddressFamily;

    /// <summary>Whether it is published at all addresses of its family.</summary>
    [JsonIgnore]
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
    /// <exception cref="FormatException">The name is none of tcp, udp, sctp.</exception>
    public static TransportProtocol ParseProtocol(ReadOnlySpan<char> name) =>
        TryParseProtocol(name, out TransportProtocol protocol)
            ? protocol
            : throw new FormatException($"'{name}' is not a protocol with ports: tcp, udp or sctp");

    /// <summary>Reads what <see cref="ToString"/> writes: <c>0.0.0.0:8080->80/tcp</c>.</summary>
    /// <exception cref="FormatException">The text is no published port; the message says why.</exception>
    public static PublishedPort Parse(string s) => Parse(s, null);

    /// <inheritdoc cref="Parse(string)"/>
    public static PublishedPort Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static PublishedPort Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out PublishedPort? result)
            ? result
            : throw new FormatException($"'{s}' is not a published port: write HOSTIP:PORT[-END]->PORT[-END]/PROTOCOL, as 0.0.0.0:8080->80/tcp");

    /// <summary>Reads what <see cref="ToString"/> writes, if the text is valid.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out PublishedPort? result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <summary>Reads what <see cref="ToString"/> writes, if the text is valid.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, [NotNullWhen(true)] out PublishedPort? result)
    {
        result = null;
        int arrow = s.IndexOf("->"), slash = s.LastIndexOf('/');
        int colon = arrow < 0 ? -1 : s[..arrow].LastIndexOf(':');
        if (colon < 0 || slash < arrow
            || !HostAddressText.TryParse(s[..colon], out IPAddress? address)
            || !PortRange.TryParse(s[(arrow + 2)..slash], provider, out PortRange container)
            || !TryParseProtocol(s[(slash + 1)..], out TransportProtocol protocol))
        {
            return false;
        }
        PortRange host = default; // 0, of a routed network
        if (s[(colon + 1)..arrow] is not "0" && (!PortRange.TryParse(s[(colon + 1)..arrow], provider, out host) || host.Count != container.Count))
        {
            return false;
        }
        result = new PublishedPort(address, host.First, container.First, protocol) { Count = container.Count };
        return true;
    }

    /// <summary>Joins ports that follow one another on both sides into the fewest ranges.</summary>
    public static IEnumerable<PublishedPort> Join(IEnumerable<PublishedPort> ports)
    {
        PublishedPort? run = null;
        foreach (PublishedPort port in ports)
        {
            if (run is not null && port.Follows(run))
            {
                run = run with { Count = run.Count + port.Count };
                continue;
            }
            if (run is not null)
            {
                yield return run;
            }
            run = port;
        }
        if (run is not null)
        {
            yield return run;
        }
    }

    /// <summary>Splits a range into single ports.</summary>
    public IEnumerable<PublishedPort> Each() => Count == 1 ? [this] : Enumerable.Range(0, Count).Select(offset => Part(offset, 1));

    /// <summary>As Docker writes it: <c>0.0.0.0:8080->80/tcp</c>, <c>[::]:8080->80/tcp</c>, <c>0.0.0.0:8000-8010->8000-8010/tcp</c>.</summary>
    public override string ToString() =>
        Family is AddressFamily.InterNetworkV6
            ? $"[{HostAddress}]:{TextOf(HostPort)}->{TextOf(ContainerPort)}/{NameOf(Protocol)}"
            : $"{HostAddress}:{TextOf(HostPort)}->{TextOf(ContainerPort)}/{NameOf(Protocol)}";

    /// <summary>A part of the range.</summary>
    internal PublishedPort Part(int offset, int count) => this with
    {
        HostPort = HostPort == 0 ? 0 : HostPort + offset,
        ContainerPort = ContainerPort + offset,
        Count = count,
    };

    /// <summary>Whether the two collide: they share a port of one protocol and family, at the same address or one at every address.</summary>
    internal bool Excludes(PublishedPort other) =>
        HostPort < other.HostPort + other.Count && other.HostPort < HostPort + Count && HostPort > 0 && other.HostPort > 0
        && Protocol == other.Protocol && Family == other.Family
        && (IsWildcard || other.IsWildcard || HostAddress.Equals(other.HostAddress));

    /// <summary>The same port at every address of the family.</summary>
    internal PublishedPort Everywhere() => this with { HostAddress = Family is AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any };

    private static bool TryParseProtocol(ReadOnlySpan<char> name, out TransportProtocol protocol)
    {
        protocol = name.Equals("tcp", StringComparison.OrdinalIgnoreCase) ? TransportProtocol.Tcp
            : name.Equals("udp", StringComparison.OrdinalIgnoreCase) ? TransportProtocol.Udp
            : name.Equals("sctp", StringComparison.OrdinalIgnoreCase) ? TransportProtocol.Sctp
            : default;
        return protocol != default;
    }

    private bool Follows(PublishedPort before) =>
        ContainerPort == before.ContainerPort + before.Count
        && HostPort == (before.HostPort == 0 ? 0 : before.HostPort + before.Count)
        && Protocol == before.Protocol && Sources == before.Sources && HostAddress.Equals(before.HostAddress);

    private string TextOf(int first) => Count == 1 || first == 0 ? $"{first}" : $"{first}-{first + Count - 1}";
}
