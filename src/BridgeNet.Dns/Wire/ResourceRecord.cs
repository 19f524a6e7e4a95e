namespace BridgeNet.Dns.Wire;

/// <summary>A record of a message (RFC 1035, 4.1.3).</summary>
/// <param name="name">Its name without compression, in the reader's buffer.</param>
/// <param name="type">As <see cref="RecordType"/>.</param>
/// <param name="class">As <see cref="RecordClass"/>.</param>
/// <param name="timeToLive">Seconds.</param>
/// <param name="dataStart">Where its data begins in the message.</param>
/// <param name="data">Its data.</param>
internal readonly ref struct ResourceRecord(
    ReadOnlySpan<byte> name, ushort type, ushort @class, uint timeToLive, int dataStart, ReadOnlySpan<byte> data)
{
    /// <summary>The name, without compression.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>As <see cref="RecordType"/>.</summary>
    public ushort Type { get; } = type;

    /// <summary>As <see cref="RecordClass"/>.</summary>
    public ushort Class { get; } = @class;

    /// <summary>Seconds.</summary>
    public uint TimeToLive { get; } = timeToLive;

    /// <summary>Where the data begins in the message: names in it are read from there.</summary>
    public int DataStart { get; } = dataStart;

    /// <summary>The data.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;
}
