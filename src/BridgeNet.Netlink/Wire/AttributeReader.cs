using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace BridgeNet.Netlink.Wire;

/// <summary>One attribute, read where it lies. A value of the wrong length is refused, naming the type.</summary>
public readonly ref struct AttributeReader
{
    private readonly ushort _type;

    internal AttributeReader(ushort type, ReadOnlySpan<byte> value)
    {
        _type = type;
        Value = value;
    }

    /// <summary>nla_type, without the bits that say nested and network order.</summary>
    public ushort Type => (ushort)(_type & NetlinkAlignment.TypeMask);

    /// <summary>Whether the sender marked it as a nest (NLA_F_NESTED); not every sender does.</summary>
    internal bool IsMarkedNest => (_type & NetlinkAlignment.NestedBit) != 0;

    /// <summary>The value's bytes, without the padding.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The attributes that this one holds.</summary>
    public AttributeList Attributes => new(Value);

    /// <summary>A u8.</summary>
    /// <exception cref="NetlinkFormatException">Another length.</exception>
    public byte ReadByte() => Exactly(1)[0];

    /// <summary>A u16 in host order.</summary>
    /// <exception cref="NetlinkFormatException">Another length.</exception>
    public ushort ReadUInt16() => MemoryMarshal.Read<ushort>(Exactly(sizeof(ushort)));

    /// <summary>A u16 in network order.</summary>
    /// <exception cref="NetlinkFormatException">Another length.</exception>
    public ushort ReadUInt16BigEndian() => BinaryPrimitives.ReadUInt16BigEndian(Exactly(sizeof(ushort)));

    /// <summary>A u32 in host order.</summary>
    /// <exception cref="NetlinkFormatException">Another length.</exception>
    public uint ReadUInt32() => MemoryMarshal.Read<uint>(Exactly(sizeof(uint)));

    /// <summary>An s32 in host order.</summary>
    /// <exception cref="NetlinkFormatException">Another length.</exception>
    public int ReadInt32() => MemoryMarshal.Read<int>(Exactly(sizeof(int)));

    /// <summary>A u32 in network order.</summary>
    /// <exception cref="NetlinkFormatException">Another length.</exception>
    public uint ReadUInt32BigEndian() => BinaryPrimitives.ReadUInt32BigEndian(Exactly(sizeof(uint)));

    /// <summary>A u64 in host order.</summary>
    /// <exception cref="NetlinkFormatException">Another length.</exception>
    public ulong ReadUInt64() => MemoryMarshal.Read<ulong>(Exactly(sizeof(ulong)));

    /// <summary>A u64 in network order.</summary>
    /// <exception cref="NetlinkFormatException">Another length.</exception>
    public ulong ReadUInt64BigEndian() => BinaryPrimitives.ReadUInt64BigEndian(Exactly(sizeof(ulong)));

    /// <summary>A string, up to its NUL or the value's end.</summary>
    public string ReadString()
    {
        int end = Value.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? Value : Value[..end]);
    }

    /// <summary>An IPv4 or IPv6 address, told apart by the length.</summary>
    /// <exception cref="NetlinkFormatException">Neither 4 nor 16 bytes.</exception>
    public IPAddress ReadAddress() => Value.Length is 4 or 16
        ? new IPAddress(Value)
        : throw new NetlinkFormatException($"attribute {Type}: an address has 4 or 16 bytes: got {Value.Length}");

    /// <summary>The value as a fixed struct; a longer one, of a newer kernel, is cut.</summary>
    /// <exception cref="NetlinkFormatException">It is shorter.</exception>
    public T ReadStruct<T>()
        where T : unmanaged => MemoryMarshal.TryRead(Value, out T value)
        ? value
        : throw new NetlinkFormatException($"attribute {Type}: {typeof(T).Name} is longer than the {Value.Length} bytes there");

    private ReadOnlySpan<byte> Exactly(int length) => Value.Length == length
        ? Value
        : throw new NetlinkFormatException($"attribute {Type}: expected {length} bytes, got {Value.Length}");
}
