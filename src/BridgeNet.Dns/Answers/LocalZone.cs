using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Answers;

/// <summary>The zone that containers search, <c>dns.podman</c>, and what answers about it have in common.</summary>
internal static class LocalZone
{
    /// <summary>
    /// Seconds that own answers may be remembered. A container that starts again has another address, and one that was not there a moment ago is now;
    /// the server is a few microseconds away, so that nobody has to remember anything.
    /// </summary>
    public const uint TimeToLive = 0;

    /// <summary>The zone's name as the wire has it.</summary>
    public static ReadOnlySpan<byte> Name => "\u0003dns\u0006podman\0"u8;

    /// <summary>The root's name.</summary>
    public static ReadOnlySpan<byte> Root => [0];

    /// <summary>
    /// The data of the SOA record (RFC 1035, 3.3.13): server and mailbox <c>dns.podman</c>, serial 1, and times that only secondary servers use.
    /// The last, which says how long a negative answer holds (RFC 2308, 4), is 0.
    /// </summary>
    public static ReadOnlySpan<byte> StartOfAuthority =>
    [
        3, (byte)'d', (byte)'n', (byte)'s', 6, (byte)'p', (byte)'o', (byte)'d', (byte)'m', (byte)'a', (byte)'n', 0,
        3, (byte)'d', (byte)'n', (byte)'s', 6, (byte)'p', (byte)'o', (byte)'d', (byte)'m', (byte)'a', (byte)'n', 0,
        0, 0, 0, 1, // serial
        0, 0, 0x0e, 0x10, // refresh, an hour
        0, 0, 0x0e, 0x10, // retry
        0, 0, 0x0e, 0x10, // expire
        0, 0, 0, 0, // minimum
    ];

    /// <summary>Whether a name is the zone's or in it.</summary>
    public static bool Contains(ReadOnlySpan<byte> name) => DomainName.IsWithin(name, Name);
}
