using System.Globalization;

using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Names;

/// <summary>Names of addresses: <c>2.1.89.10.in-addr.arpa</c> (RFC 1035, 3.5) and <c>….ip6.arpa</c> (RFC 3596, 2.5).</summary>
internal static class ReverseName
{
    private const int Nibbles = 2 * HostAddress.Bytes6;

    private static ReadOnlySpan<byte> Suffix4 => "\u0007in-addr\u0004arpa\0"u8;

    private static ReadOnlySpan<byte> Suffix6 => "\u0003ip6\u0004arpa\0"u8;

    /// <summary>The address that a name stands for; false if it is no name of a whole address.</summary>
    /// <param name="name">As the wire has it, in lower case.</param>
    /// <param name="address">The address.</param>
    public static bool TryRead(ReadOnlySpan<byte> name, out HostAddress address)
    {
        Span<byte> bytes = stackalloc byte[HostAddress.Bytes6];
        if (DomainName.IsWithin(name, Suffix4) && TryReadOctets(name[..^Suffix4.Length], bytes))
        {
            address = HostAddress.Of(bytes[..HostAddress.Bytes4]);
            return true;
        }
        if (DomainName.IsWithin(name, Suffix6) && TryReadNibbles(name[..^Suffix6.Length], bytes))
        {
            address = HostAddress.Of(bytes);
            return true;
        }
        address = default;
        return false;
    }

    private static bool TryReadOctets(ReadOnlySpan<byte> labels, Span<byte> bytes)
    {
        for (int i = HostAddress.Bytes4 - 1; i >= 0; i--)
        {
            if (labels.IsEmpty || !byte.TryParse(labels.Slice(1, labels[0]), NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
            labels = labels[(labels[0] + 1)..];
        }
        return labels.IsEmpty;
    }

    private static bool TryReadNibbles(ReadOnlySpan<byte> labels, Span<byte> bytes)
    {
        if (labels.Length != 2 * Nibbles)
        {
            return false;
        }
        for (int i = 0; i < Nibbles; i++)
        {
            if (labels[2 * i] != 1 || !char.IsAsciiHexDigit((char)labels[(2 * i) + 1]))
            {
                return false;
            }
            int digit = HexDigit(labels[(2 * i) + 1]), at = HostAddress.Bytes6 - 1 - (i / 2);
            bytes[at] |= (byte)(digit << (i % 2 * 4));
        }
        return true;
    }

    private static int HexDigit(byte character) => character <= '9' ? character - '0' : character - 'a' + 10;
}
