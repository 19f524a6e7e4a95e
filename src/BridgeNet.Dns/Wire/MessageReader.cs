using System.Buffers.Binary;

namespace BridgeNet.Dns.Wire;

/// <summary>Reads a message's sections in their order. Every method returns false where the bytes are no such thing.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> message)
{
    private const int FixedBytes = 10; // type, class, time to live, length of the data

    private readonly ReadOnlySpan<byte> _message = message;

    /// <summary>Where the next section begins.</summary>
    public int Position { get; private set; } = MessageHeader.Size;

    /// <summary>Reads a question (RFC 1035, 4.1.2).</summary>
    /// <param name="name">Room for a name of <see cref="DomainName.MostBytes"/>; afterwards the name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="class">Its class.</param>
    public bool TryReadQuestion(ref Span<byte> name, out ushort type, out ushort @class)
    {
        type = @class = 0;
        int at = Position;
        if (!DomainName.TryRead(_message, ref at, name, out int length) || _message.Length - at < 4)
        {
            return false;
        }
        name = name[..length];
        type = BinaryPrimitives.ReadUInt16BigEndian(_message[at..]);
        @class = BinaryPrimitives.ReadUInt16BigEndian(_message[(at + 2)..]);
        Position = at + 4;
        return true;
    }

    /// <summary>Reads a record.</summary>
    /// <param name="name">Room for its name, of <see cref="DomainName.MostBytes"/>.</param>
    /// <param name="record">The record.</param>
    public bool TryReadRecord(Span<byte> name, out ResourceRecord record)
    {
        record = default;
        int at = Position;
        if (!DomainName.TryRead(_message, ref at, name, out int length) || _message.Length - at < FixedBytes)
        {
            return false;
        }
        ReadOnlySpan<byte> head = _message.Slice(at, FixedBytes);
        int dataStart = at + FixedBytes, dataLength = BinaryPrimitives.ReadUInt16BigEndian(head[8..]);
        if (_message.Length - dataStart < dataLength)
        {
            return false;
        }
        record = new ResourceRecord(
            name[..length],
            BinaryPrimitives.ReadUInt16BigEndian(head),
            BinaryPrimitives.ReadUInt16BigEndian(head[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(head[4..]),
            dataStart,
            _message.Slice(dataStart, dataLength));
        Position = dataStart + dataLength;
        return true;
    }
}
