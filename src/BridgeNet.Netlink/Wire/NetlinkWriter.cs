using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace BridgeNet.Netlink.Wire;

/// <summary>
/// Writes messages one after another, in one pass, into a growing buffer that is reused:
/// a warm writer allocates nothing. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// Integers are in host order unless the method's name ends in BigEndian. Lengths are filled in when the
/// scope that <see cref="Message"/> or <see cref="Nest"/> returned is disposed.
/// </remarks>
public sealed class NetlinkWriter
{
    private const int FirstCapacity = 1024;

    private byte[] _buffer = new byte[FirstCapacity];
    private int _length;
    private int _lastMessage = -1;
    private uint _sequence;

    /// <summary>The messages so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>How many bytes the messages so far have.</summary>
    public int Length => _length;

    /// <summary>How many bytes the buffer holds before it grows.</summary>
    internal int Capacity => _buffer.Length;

    /// <summary>The sequence number of the first message; those of the others follow it.</summary>
    internal uint FirstSequence { get; private set; } = 1;

    /// <summary>The sequence number of the message that was begun last.</summary>
    internal uint LastSequence => _sequence;

    /// <summary>The last sequence number with a requested acknowledgement; 0 if there is none.</summary>
    internal uint AwaitedSequence { get; private set; }

    /// <summary>Forgets the messages. Sequence numbers continue, so that a late answer to them is recognized.</summary>
    public void Clear()
    {
        _length = 0;
        _lastMessage = -1;
        FirstSequence = _sequence + 1;
        AwaitedSequence = 0;
    }

    /// <summary>Forgets the messages and counts from the beginning: another socket has it from now on.</summary>
    internal void Reset()
    {
        _sequence = 0;
        Clear();
    }

    /// <summary>Numbers the messages anew, from the next sequence number of the socket that sends them.</summary>
    internal void Renumber(uint first)
    {
        uint distance = first - FirstSequence;
        for (int start = 0; start < _length;)
        {
            Span<byte> header = _buffer.AsSpan(start, NetlinkAlignment.MessageHeader);
            MemoryMarshal.Write(header[8..], MemoryMarshal.Read<uint>(header[8..]) + distance);
            start += NetlinkAlignment.Align(MemoryMarshal.Read<int>(header));
        }
        AwaitedSequence += AwaitedSequence == 0 ? 0 : distance;
        FirstSequence = first;
        _sequence += distance;
    }

    /// <summary>Has the next message's sequence number follow one that another writer used on the same socket.</summary>
    internal void ContinueBehind(uint sequence) => _sequence = sequence;

    /// <summary>Begins a message; it ends when the returned scope is disposed.</summary>
    /// <param name="type">nlmsg_type.</param>
    /// <param name="flags">nlmsg_flags; NLM_F_REQUEST is added.</param>
    public NetlinkMessageScope Message(ushort type, NetlinkFlags flags)
    {
        int start = _length;
        Span<byte> header = Append(NetlinkAlignment.MessageHeader);
        MemoryMarshal.Write(header[4..], type);
        MemoryMarshal.Write(header[6..], (ushort)(flags | NetlinkFlags.Request));
        MemoryMarshal.Write(header[8..], ++_sequence);
        _lastMessage = start;
        return new NetlinkMessageScope(this, start);
    }

    /// <summary>Requests an acknowledgement of the last message.</summary>
    public void RequestAcknowledgement()
    {
        Span<byte> flags = _buffer.AsSpan(_lastMessage + 6, sizeof(ushort));
        MemoryMarshal.Write(flags, (ushort)(MemoryMarshal.Read<ushort>(flags) | (ushort)NetlinkFlags.Acknowledge));
        AwaitedSequence = _sequence;
    }

    /// <summary>The fixed header of a family that follows the message's own, such as struct ifinfomsg.</summary>
    public void WriteHeader<T>(in T header)
        where T : unmanaged => MemoryMarshal.Write(Append(Unsafe.SizeOf<T>()), header);

    /// <summary>Begins an attribute that holds attributes; it ends when the returned scope is disposed.</summary>
    /// <param name="type">nla_type; NLA_F_NESTED is added.</param>
    public NetlinkNestScope Nest(ushort type) => new(this, BeginAttribute((ushort)(type | NetlinkAlignment.NestedBit), 0));

    /// <summary>A flag: an attribute without a value.</summary>
    public void WriteFlag(ushort type) => BeginAttribute(type, 0);

    /// <summary>A u8 attribute.</summary>
    public void WriteByte(ushort type, byte value) => Attribute(type, 1)[0] = value;

    /// <summary>A u16 attribute in host order.</summary>
    public void WriteUInt16(ushort type, ushort value) => MemoryMarshal.Write(Attribute(type, sizeof(ushort)), value);

    /// <summary>A u16 attribute in network order.</summary>
    public void WriteUInt16BigEndian(ushort type, ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(Attribute(type, sizeof(ushort)), value);

    /// <summary>A u32 attribute in host order.</summary>
    public void WriteUInt32(ushort type, uint value) => MemoryMarshal.Write(Attribute(type, sizeof(uint)), value);

    /// <summary>An s32 attribute in host order.</summary>
    public void WriteInt32(ushort type, int value) => MemoryMarshal.Write(Attribute(type, sizeof(int)), value);

    /// <summary>A u32 attribute in network order.</summary>
    public void WriteUInt32BigEndian(ushort type, uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(Attribute(type, sizeof(uint)), value);

    /// <summary>A u64 attribute in host order.</summary>
    public void WriteUInt64(ushort type, ulong value) => MemoryMarshal.Write(Attribute(type, sizeof(ulong)), value);

    /// <summary>A u64 attribute in network order.</summary>
    public void WriteUInt64BigEndian(ushort type, ulong value) =>
        BinaryPrimitives.WriteUInt64BigEndian(Attribute(type, sizeof(ulong)), value);

    /// <summary>A string attribute, ended by a NUL, in UTF-8.</summary>
    public void WriteString(ushort type, ReadOnlySpan<char> value) =>
        Encoding.UTF8.GetBytes(value, Attribute(type, Encoding.UTF8.GetByteCount(value) + 1));

    /// <summary>An attribute of these bytes.</summary>
    public void WriteBytes(ushort type, ReadOnlySpan<byte> value) => value.CopyTo(Attribute(type, value.Length));

    /// <summary>Whole attributes that are laid out already, as <see cref="AttributeReader.Value"/> of a nest gives them.</summary>
    public void WriteRaw(ReadOnlySpan<byte> attributes) => attributes.CopyTo(Append(attributes.Length));

    /// <summary>An attribute of so many zero bytes, to be filled in before anything else is written.</summary>
    public Span<byte> Attribute(ushort type, int length)
    {
        int start = BeginAttribute(type, length);
        return _buffer.AsSpan(start + NetlinkAlignment.AttributeHeader, length);
    }

    /// <summary>Ends the message that began at an offset.</summary>
    internal void EndMessage(int start) => MemoryMarshal.Write(_buffer.AsSpan(start), (uint)(_length - start));

    /// <summary>Ends the attribute that began at an offset.</summary>
    /// <exception cref="NetlinkFormatException">It has more bytes than nla_len can say, 65,535.</exception>
    internal void EndAttribute(int start)
    {
        int length = _length - start;
        if (length > ushort.MaxValue)
        {
            throw new NetlinkFormatException($"an attribute cannot hold {length} bytes: the most is {ushort.MaxValue}");
        }
        MemoryMarshal.Write(_buffer.AsSpan(start), (ushort)length);
    }

    private int BeginAttribute(ushort type, int length)
    {
        int start = _length;
        int whole = NetlinkAlignment.AttributeHeader + length;
        if (whole > ushort.MaxValue)
        {
            throw new NetlinkFormatException($"an attribute cannot hold {length} bytes: the most is {ushort.MaxValue}");
        }
        Span<byte> attribute = Append(whole);
        MemoryMarshal.Write(attribute, (ushort)whole);
        MemoryMarshal.Write(attribute[2..], type);
        return start;
    }

    /// <summary>Zero bytes at the end, padded to the alignment.</summary>
    private Span<byte> Append(int length)
    {
        int aligned = NetlinkAlignment.Align(length);
        if (_buffer.Length - _length < aligned)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + aligned));
        }
        Span<byte> bytes = _buffer.AsSpan(_length, aligned);
        bytes.Clear();
        _length += aligned;
        return bytes;
    }
}
