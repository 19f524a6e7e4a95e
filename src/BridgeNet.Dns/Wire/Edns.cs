namespace BridgeNet.Dns.Wire;

/// <summary>What an OPT record says (RFC 6891, 6.1).</summary>
/// <param name="UdpSize">The largest message that the sender takes by UDP.</param>
/// <param name="CodeUpper">The upper eight bits of the response code.</param>
/// <param name="Version">0 is the only one that exists.</param>
/// <param name="IsDnssecWanted">DO: the asker wants DNSSEC records too.</param>
internal readonly record struct Edns(ushort UdpSize, byte CodeUpper, byte Version, bool IsDnssecWanted)
{
    /// <summary>How many bytes a record without options has: the root, and the fixed part.</summary>
    public const int RecordSize = 11;

    /// <summary>The largest message by UDP of those who do not speak EDNS (RFC 1035, 4.2.1).</summary>
    public const int PlainUdpSize = 512;

    private const uint DnssecBit = 0x8000;

    /// <summary>Reads the record's fields, which stand where others have class and time to live.</summary>
    public static Edns Of(ResourceRecord record) => new(
        record.Class, (byte)(record.TimeToLive >> 24), (byte)(record.TimeToLive >> 16), (record.TimeToLive & DnssecBit) != 0);

    /// <summary>What stands in the place of the time to live.</summary>
    public uint TimeToLive => ((uint)CodeUpper << 24) | ((uint)Version << 16) | (IsDnssecWanted ? DnssecBit : 0);
}
