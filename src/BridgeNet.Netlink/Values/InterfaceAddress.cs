using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;

namespace BridgeNet.Netlink;

/// <summary>An address on an interface with the length of its subnet's prefix, as <c>172.17.0.2/16</c>. Host bits are kept.</summary>
[JsonConverter(typeof(TextJsonConverter<InterfaceAddress>))]
[TypeConverter(typeof(TextTypeConverter<InterfaceAddress>))]
public sealed record InterfaceAddress : ISpanParsable<InterfaceAddress>
{
    /// <summary>An address and its prefix.</summary>
    /// <param name="address">IPv4 or IPv6.</param>
    /// <param name="prefixLength">0 to 32, or to 128 for IPv6.</param>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than the address.</exception>
    public InterfaceAddress(IPAddress address, int prefixLength)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, BitsOf(address));
        Address = address;
        PrefixLength = prefixLength;
    }

    /// <summary>The address.</summary>
    public IPAddress Address { get; }

    /// <summary>How many bits of it name the subnet.</summary>
    public int PrefixLength { get; }

    /// <summary>Whether it is of IPv6.</summary>
    public bool IsIPv6 => Address.AddressFamily is AddressFamily.InterNetworkV6;

    /// <summary>The subnet: the address with its host bits cleared.</summary>
    public IPNetwork Subnet
    {
        get
        {
            byte[] bytes = Address.GetAddressBytes();
            for (int bit = PrefixLength; bit < bytes.Length * 8; bit++)
            {
                bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
            }
            return new IPNetwork(new IPAddress(bytes), PrefixLength);
        }
    }

    /// <summary>The subnet's address of all ones; null for IPv6, and for a /31 or /32, which have none (RFC 3021).</summary>
    public IPAddress? BroadcastAddress
    {
        get
        {
            if (IsIPv6 || PrefixLength > 30)
            {
                return null;
            }
            Span<byte> bytes = stackalloc byte[4];
            _ = Address.TryWriteBytes(bytes, out _);
            BinaryPrimitives.WriteUInt32BigEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes) | (uint)(ulong.MaxValue >> 32 >> PrefixLength));
            return new IPAddress(bytes);
        }
    }

    /// <summary>The link-local address that an Ethernet address leads to: fe80::/64 and the EUI-64 of it (RFC 4291, appendix A).</summary>
    public static InterfaceAddress LinkLocal(MacAddress mac)
    {
        Span<byte> bytes = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        mac.CopyTo(bytes[8..]);
        bytes[11..14].CopyTo(bytes[13..]);
        bytes[8] ^= 2;
        bytes[11] = 0xff;
        bytes[12] = 0xfe;
        return new InterfaceAddress(new IPAddress(bytes), 64);
    }

    /// <summary>From <c>ADDRESS/LENGTH</c>.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public static InterfaceAddress Parse(string s) => Parse(s, null);

    /// <inheritdoc cref="Parse(string)"/>
    public static InterfaceAddress Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc cref="Parse(string)"/>
    public static InterfaceAddress Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out InterfaceAddress? result)
            ? result
            : throw new FormatException($"'{s}' is not an address with a prefix: write 172.17.0.1/16");

    /// <summary>From <c>ADDRESS/LENGTH</c>, if it is such a text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out InterfaceAddress? result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <summary>From <c>ADDRESS/LENGTH</c>, if it is such a text.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, [NotNullWhen(true)] out InterfaceAddress? result)
    {
        result = null;
        int slash = s.IndexOf('/');
        if (slash < 0
            || !IPAddress.TryParse(s[..slash], out IPAddress? address)
            || !int.TryParse(s[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            || length > BitsOf(address)
            || (address.AddressFamily is AddressFamily.InterNetwork && s[..slash].Count('.') != 3))
        {
            return false;
        }
        result = new InterfaceAddress(address, length);
        return true;
    }

    /// <summary><c>ADDRESS/LENGTH</c>.</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";

    private static int BitsOf(IPAddress address) => address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128;
}
