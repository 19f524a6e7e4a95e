using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>
/// Builds a concatenated key or datum, part by part: <c>new NftKey().Address(ip).Protocol(ProtocolType.Tcp).Port(80).ToValue()</c>.
/// Each part of several is filled up to a multiple of 4 bytes, as registers want it; a single one is not.
/// </summary>
public struct NftKey
{
    private const int PartAlignment = 4;

    private Buffer _buffer;
    private int _length;
    private int _parts;

    /// <summary>ipv4_addr or ipv6_addr.</summary>
    public NftKey Address(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        return Part(bytes[..length]);
    }

    /// <summary>inet_proto.</summary>
    public NftKey Protocol(ProtocolType protocol) => Part([(byte)protocol]);

    /// <summary>inet_service.</summary>
    public NftKey Port(ushort port) => Part([(byte)(port >> 8), (byte)port]);

    /// <summary>ifname.</summary>
    public NftKey Interface(InterfaceName name)
    {
        Span<byte> bytes = stackalloc byte[NftValue.InterfaceNameLength];
        bytes.Clear();
        _ = Encoding.UTF8.GetBytes(name.ToString(), bytes);
        return Part(bytes);
    }

    /// <summary>ether_addr.</summary>
    public NftKey Mac(MacAddress address)
    {
        Span<byte> bytes = stackalloc byte[MacAddress.Length];
        address.CopyTo(bytes);
        return Part(bytes);
    }

    /// <summary>mark, or anything else of 4 bytes in host order.</summary>
    public NftKey UInt32(uint value) => Part(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in value)));

    /// <summary>Any part.</summary>
    /// <exception cref="ArgumentException">The key becomes longer than <see cref="NftValue.MaxLength"/>.</exception>
    public NftKey Part(ReadOnlySpan<byte> bytes)
    {
        NftKey longer = this;
        int start = _parts == 0 ? 0 : AlignPart(_length);
        if (AlignPart(start + bytes.Length) > NftValue.MaxLength)
        {
            throw new ArgumentException($"a key has at most {NftValue.MaxLength} bytes", nameof(bytes));
        }
        Span<byte> whole = longer._buffer;
        bytes.CopyTo(whole[start..]);
        longer._length = start + bytes.Length;
        longer._parts++;
        return longer;
    }

    /// <summary>The key so far.</summary>
    public readonly NftValue ToValue()
    {
        ReadOnlySpan<byte> whole = _buffer;
        return new NftValue(whole[..(_parts > 1 ? AlignPart(_length) : _length)]);
    }

    /// <summary>The length with the padding behind it, as in concatenations.</summary>
    internal static int AlignPart(int length) => (length + PartAlignment - 1) & -PartAlignment;

    [InlineArray(NftValue.MaxLength)]
    private struct Buffer
    {
        private byte _first;
    }
}
