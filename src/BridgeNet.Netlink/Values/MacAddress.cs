using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;

namespace BridgeNet.Netlink;

/// <summary>An Ethernet address of 48 bits; <c>default</c> is 00:00:00:00:00:00.</summary>
[JsonConverter(typeof(TextJsonConverter<MacAddress>))]
[TypeConverter(typeof(TextTypeConverter<MacAddress>))]
public readonly record struct MacAddress : ISpanParsable<MacAddress>
{
    /// <summary>How many bytes it has.</summary>
    public const int Length = 6;

    private readonly ulong _value;

    private MacAddress(ulong value) => _value = value;

    /// <summary>Whether it may be an interface's own: not a group's, not all zero.</summary>
    public bool IsUnicast => _value != 0 && (_value >> 40 & 1) == 0;

    /// <summary>From six bytes in the order of the wire.</summary>
    /// <exception cref="ArgumentException">Not six bytes.</exception>
    public static MacAddress From(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"an Ethernet address has {Length} bytes: got {bytes.Length}", nameof(bytes));
        }
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        wide.Clear();
        bytes.CopyTo(wide[2..]);
        return new MacAddress(BinaryPrimitives.ReadUInt64BigEndian(wide));
    }

    /// <summary>The address that Docker's users know: 02:42 and the four bytes of an IPv4 address.</summary>
    /// <exception cref="ArgumentException">Not an IPv4 address.</exception>
    public static MacAddress FromIPv4(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = [0x02, 0x42, 0, 0, 0, 0];
        if (!address.TryWriteBytes(bytes[2..], out int written) || written != 4)
        {
            throw new ArgumentException($"{address} is not an IPv4 address", nameof(address));
        }
        return From(bytes);
    }

    /// <summary>From six hexadecimal pairs with ':' or '-' between.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public static MacAddress Parse(string s) => Parse(s, null);

    /// <inheritdoc cref="Parse(string)"/>
    public static MacAddress Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc cref="Parse(string)"/>
    public static MacAddress Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out MacAddress result) ? result : throw new FormatException($"'{s}' is not a MAC address: write 02:42:ac:11:00:02");

    /// <summary>From six hexadecimal pairs with ':' or '-' between, if it is such a text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MacAddress result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <summary>From six hexadecimal pairs with ':' or '-' between, if it is such a text.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out MacAddress result)
    {
        result = default;
        if (s.Length != 17)
        {
            return false;
        }
        ulong value = 0;
        for (int i = 0; i < s.Length; i += 3)
        {
            bool pair = byte.TryParse(s.Slice(i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet);
            if (!pair || (i + 2 < s.Length && (s[i + 2] is not (':' or '-') || s[i + 2] != s[2])))
            {
                return false;
            }
            value = value << 8 | octet;
        }
        result = new MacAddress(value);
        return true;
    }

    /// <summary>Writes the six bytes in the order of the wire.</summary>
    /// <param name="destination">At least six bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(wide, _value);
        wide[2..].CopyTo(destination);
    }

    /// <summary>Six lower-case hexadecimal pairs with ':' between.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return $"{bytes[0]:x2}:{bytes[1]:x2}:{bytes[2]:x2}:{bytes[3]:x2}:{bytes[4]:x2}:{bytes[5]:x2}";
    }
}
