using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Core.Addressing;

/// <summary>An address as a number, so that both families share their arithmetic. It has no scope, as in fe80::1%2.</summary>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="Value">32 or 128 bits, the first byte of the address highest.</param>
internal readonly record struct AddressNumber(AddressFamily Family, UInt128 Value)
{
    private const int IPv4Bytes = 4;
    private const int IPv6Bytes = 16;

    /// <summary>The number of an address.</summary>
    public static AddressNumber From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[IPv6Bytes];
        _ = address.TryWriteBytes(bytes, out int length);
        UInt128 value = length == IPv4Bytes ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return new AddressNumber(address.AddressFamily, value);
    }

    /// <summary>The address of the number.</summary>
    public IPAddress ToAddress()
    {
        Span<byte> bytes = stackalloc byte[IPv6Bytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return new IPAddress(bytes[^(BitsOf(Family) / 8)..]);
    }

    /// <summary>How many bits an address of a family has: 32 or 128.</summary>
    public static int BitsOf(AddressFamily family) => (family is AddressFamily.InterNetworkV6 ? IPv6Bytes : IPv4Bytes) * 8;
}
