using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Addresses as numbers, to count with.</summary>
internal static class AddressNumber
{
    /// <summary>The number of an address.</summary>
    public static UInt128 Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        return length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>The address of a number.</summary>
    public static IPAddress ToAddress(UInt128 number, AddressFamily family)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(family is AddressFamily.InterNetwork ? bytes[12..] : bytes);
    }

    /// <summary>The last address of a network.</summary>
    public static UInt128 LastOf(IPNetwork network)
    {
        int hostBits = (network.BaseAddress.AddressFamily is AddressFamily.InterNetwork ? 32 : 128) - network.PrefixLength;
        return Of(network.BaseAddress) + (hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1);
    }
}
