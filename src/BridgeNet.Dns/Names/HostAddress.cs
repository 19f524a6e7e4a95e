using System.Buffers.Binary;
using System.Net;

namespace BridgeNet.Dns.Names;

/// <summary>An IPv4 or IPv6 address without a zone. It is compared, and written to the wire, without an allocation.</summary>
internal readonly record struct HostAddress
{
    /// <summary>How many bytes an IPv4 address has.</summary>
    public const int Bytes4 = 4;

    /// <summary>How many bytes an IPv6 address has.</summary>
    public const int Bytes6 = 16;

    private const int SocketBytes4 = 16; // sizeof(struct sockaddr_in); of a sockaddr_in6 it is 28

    private static readonly UInt128 s_mapped = new(0, 0xffff_0000_0000); // ::ffff:0:0, before an IPv4 address

    private readonly UInt128 _value;

    private HostAddress(UInt128 value) => _value = value;

    /// <summary>Whether it is an IPv4 address.</summary>
    public bool IsIPv4 => _value >> 32 == s_mapped >> 32;

    /// <summary>An address of four or sixteen bytes, in network order.</summary>
    public static HostAddress Of(ReadOnlySpan<byte> bytes) => new(bytes.Length == Bytes4
        ? s_mapped | BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>The address of .NET's type; its zone is dropped.</summary>
    public static HostAddress Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Bytes6];
        _ = address.TryWriteBytes(bytes, out int length);
        return Of(bytes[..length]);
    }

    /// <summary>The address in a sockaddr_in or sockaddr_in6.</summary>
    public static HostAddress OfSocket(ReadOnlySpan<byte> address) => address.Length == SocketBytes4
        ? Of(address.Slice(4, Bytes4))
        : Of(address.Slice(8, Bytes6));

    /// <summary>Writes the four or sixteen bytes, in network order.</summary>
    /// <returns>How many there are.</returns>
    public int Write(Span<byte> destination)
    {
        if (IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_value);
            return Bytes4;
        }
        BinaryPrimitives.WriteUInt128BigEndian(destination, _value);
        return Bytes6;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes6];
        return new IPAddress(bytes[..Write(bytes)]).ToString();
    }
}
