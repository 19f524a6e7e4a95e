using System.Buffers.Binary;

namespace BridgeNet.Dns.Wire;

/// <summary>Writes a message in one pass into the caller's buffer. A method that returns false has written nothing: the message is full.</summary>
internal ref struct MessageWriter(Span<byte> buffer)
{
    /// <summary>Points at a name right behind the header: that of the question.</summary>
    private const ushort PointerToQuestion = 0xc000 | MessageHeader.Size;

    private const int FixedBytes = 10; // type, class, time to live, length of the data

    private readonly Span<byte> _buffer = buffer;
    private WrittenNames _names;

    /// <summary>How many bytes are written; setting it takes back what is behind.</summary>
    public int Position { get; set; } = MessageHeader.Size;

    /// <summary>Writes a question; its name is remembered, and later names point at it.</summary>
    public bool TryWriteQuestion(scoped ReadOnlySpan<byte> name, ushort type, ushort @class)
    {
        int start = Position;
        if (!TryWriteName(name) || _buffer.Length - Position < 4)
        {
            Position = start;
            return false;
        }
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[Position..], type);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[(Position + 2)..], @class);
        Position += 4;
        return true;
    }

    /// <summary>Copies the question of the message that is answered, with its spelling.</summary>
    /// <param name="question">The bytes between the header and the first record; the name in it is not compressed.</param>
    public void CopyQuestion(scoped ReadOnlySpan<byte> question)
    {
        question.CopyTo(_buffer[Position..]);
        _names.Add(question, Position);
        Position += question.Length;
    }

    /// <summary>Writes a record with another name than the question's.</summary>
    public bool TryWriteRecord(scoped ReadOnlySpan<byte> name, ushort type, ushort @class, uint timeToLive, scoped ReadOnlySpan<byte> data)
    {
        int start = Position;
        if (!TryWriteName(name) || !TryWriteBody(type, @class, timeToLive, data))
        {
            Position = start;
            return false;
        }
        return true;
    }

    /// <summary>Writes a record of the Internet with the question's name.</summary>
    public bool TryWriteAnswer(ushort type, uint timeToLive, scoped ReadOnlySpan<byte> data)
    {
        int start = Position;
        if (_buffer.Length - Position < 2)
        {
            return false;
        }
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[Position..], PointerToQuestion);
        Position += 2;
        if (!TryWriteBody(type, RecordClass.Internet, timeToLive, data))
        {
            Position = start;
            return false;
        }
        return true;
    }

    /// <summary>Writes the OPT record.</summary>
    public bool TryWriteEdns(Edns edns) => TryWriteRecord([0], RecordType.Options, edns.UdpSize, edns.TimeToLive, []);

    /// <summary>Writes the header, at last, and returns how long the message is.</summary>
    public readonly int Finish(MessageHeader header)
    {
        header.Write(_buffer);
        return Position;
    }

    private bool TryWriteBody(ushort type, ushort @class, uint timeToLive, scoped ReadOnlySpan<byte> data)
    {
        if (_buffer.Length - Position < FixedBytes + data.Length)
        {
            return false;
        }
        Span<byte> body = _buffer[Position..];
        BinaryPrimitives.WriteUInt16BigEndian(body, type);
        BinaryPrimitives.WriteUInt16BigEndian(body[2..], @class);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], timeToLive);
        BinaryPrimitives.WriteUInt16BigEndian(body[8..], (ushort)data.Length);
        data.CopyTo(body[FixedBytes..]);
        Position += FixedBytes + data.Length;
        return true;
    }

    /// <summary>Writes a name as far as it is new, then a pointer to the rest of it (RFC 1035, 4.1.4).</summary>
    private bool TryWriteName(scoped ReadOnlySpan<byte> name)
    {
        int known = _names.Find(_buffer[..Position], name, out int length);
        int bytes = length + (known < 0 ? 0 : 2);
        if (_buffer.Length - Position < bytes)
        {
            return false;
        }
        name[..length].CopyTo(_buffer[Position..]);
        if (known >= 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_buffer[(Position + length)..], (ushort)(0xc000 | known));
        }
        _names.Add(name[..length], Position);
        Position += bytes;
        return true;
    }
}
