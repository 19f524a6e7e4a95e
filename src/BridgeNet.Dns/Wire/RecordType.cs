namespace BridgeNet.Dns.Wire;

/// <summary>Types of records and questions, as the IANA registry numbers them.</summary>
internal static class RecordType
{
    /// <summary>A, an IPv4 address (RFC 1035, 3.4.1).</summary>
    public const ushort A = 1;

    /// <summary>SOA, the start of a zone of authority (RFC 1035, 3.3.13).</summary>
    public const ushort StartOfAuthority = 6;

    /// <summary>PTR, the name of an address (RFC 1035, 3.3.12).</summary>
    public const ushort Pointer = 12;

    /// <summary>AAAA, an IPv6 address (RFC 3596).</summary>
    public const ushort Aaaa = 28;

    /// <summary>OPT, the pseudo-record of EDNS (RFC 6891).</summary>
    public const ushort Options = 41;

    /// <summary>TKEY, the first of the meta types that are no data of a name: TKEY, TSIG, IXFR, AXFR, MAILB, MAILA (RFC 6895, 3.1).</summary>
    public const ushort FirstMeta = 249;

    /// <summary>MAILA, the last of them.</summary>
    public const ushort LastMeta = 254;

    /// <summary>ANY, whatever the name has (RFC 8482).</summary>
    public const ushort Any = 255;
}
