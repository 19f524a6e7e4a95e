using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>The bytes of a register: a key, a datum, an operand. Compared by its bytes; <c>default</c> has none.</summary>
/// <remarks>Addresses, ports and protocols are in network order, marks and indices in host order, as packets and the kernel have them.</remarks>
public readonly struct NftValue : IEquatable<NftValue>
{
    /// <summary>The most bytes that the kernel takes, NFT_DATA_VALUE_MAXLEN.</summary>
    public const int MaxLength = 64;

    /// <summary>What an interface's name takes in a register, IFNAMSIZ.</summary>
    internal const int InterfaceNameLength = 16;

    private readonly byte[]? _bytes;

    /// <summary>A copy of these bytes.</summary>
    public NftValue(ReadOnlySpan<byte> bytes) => _bytes = bytes.IsEmpty ? null : bytes.ToArray();

    private NftValue(byte[] owned) => _bytes = owned;

    /// <summary>The bytes, in place.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>How many bytes.</summary>
    public int Length => Bytes.Length;

    /// <summary>Whether two have the same bytes.</summary>
    public static bool operator ==(NftValue left, NftValue right) => left.Equals(right);

    /// <summary>Whether two have other bytes.</summary>
    public static bool operator !=(NftValue left, NftValue right) => !left.Equals(right);

    /// <summary>ipv4_addr or ipv6_addr, 4 or 16 bytes.</summary>
    public static NftValue Address(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new NftValue(address.GetAddressBytes());
    }

    /// <summary>inet_service, 2 bytes in network order.</summary>
    public static NftValue Port(ushort port)
    {
        byte[] bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, port);
        return new NftValue(bytes);
    }

    /// <summary>inet_proto, 1 byte.</summary>
    public static NftValue Protocol(ProtocolType protocol) => Byte((byte)protocol);

    /// <summary>ether_addr, 6 bytes.</summary>
    public static NftValue Mac(MacAddress address)
    {
        byte[] bytes = new byte[MacAddress.Length];
        address.CopyTo(bytes);
        return new NftValue(bytes);
    }

    /// <summary>ifname, 16 bytes filled up with zeros.</summary>
    public static NftValue Interface(InterfaceName name)
    {
        byte[] bytes = new byte[InterfaceNameLength];
        Encoding.UTF8.GetBytes(name.ToString(), bytes);
        return new NftValue(bytes);
    }

    /// <summary>One byte.</summary>
    public static NftValue Byte(byte value) => new([value]);

    /// <summary>4 bytes in host order: a mark, an index, a connection's state.</summary>
    public static NftValue UInt32(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        MemoryMarshal.Write(bytes, value);
        return new NftValue(bytes);
    }

    /// <summary>2 bytes in host order.</summary>
    public static NftValue UInt16(ushort value)
    {
        byte[] bytes = new byte[sizeof(ushort)];
        MemoryMarshal.Write(bytes, value);
        return new NftValue(bytes);
    }

    /// <inheritdoc/>
    public bool Equals(NftValue other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NftValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        ReadOnlySpan<byte> rest = Bytes;
        ulong hash = (ulong)rest.Length;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(rest));
        }
        foreach (byte one in rest)
        {
            hash = (hash << 8) ^ (hash >> 56) ^ one;
        }
        hash = Mix(hash);
        return (int)(hash >> 32);
    }

    /// <summary>Spreads a change of any bit over the upper half (Fibonacci hashing: 2^64 over the golden ratio).</summary>
    private static ulong Mix(ulong hash) => (hash ^ (hash >> 29)) * 0x9E3779B97F4A7C15;

    /// <summary>The bytes as lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes);
}
